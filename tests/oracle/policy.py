"""The yearly policy of docs/schedule.md for the payers whose orders the page determines to the day.

These are schools that pay for themselves and whose users and accounts are of one type. `predict` raises `Undetermined` where the
page leaves a choice to a comparison of costs that needs the whole schedule: users who leave soon (rule 4), short remainders
(rule 7), lots of the same size (rule 5), orders of apps (rule 9).
"""

from collections import Counter, namedtuple

import holdings
import plan as plans
import rules
from rules import TYPES, days
from trials import needs_account, reminder, trial_ends

Predicted = namedtuple("Predicted", "date kind count days starts expires")
SHORTEST = rules.LEAST_DAYS


class Undetermined(Exception):
    pass


def only_type(payer):
    """The one type of the payer's users and accounts; None if there are several members or both types."""
    school = payer.school
    if len(payer.members) != 1 or payer.test or not payer.charged:
        return None
    if any("order" in app for app in school.get("app", [])):
        return None
    used = set()
    for row in [school, *school.get("headcount", []), *school.get("purchase", [])]:
        used.update(kind for kind in TYPES if row.get(kind, 0))
    used.update(held["type"] for held in school.get("held", []))
    return used.pop() if len(used) == 1 else None


def predict(payer, kind, day, end):
    return Policy(payer, kind, day, end).run()


class Policy:
    def __init__(self, payer, kind, day, end):
        self.payer, self.school, self.kind, self.today, self.end = payer, payer.school, kind, day, end
        self.term = payer.term
        self.events = [e for e in holdings.purchase_events(payer.members)]
        held = holdings.replay(payer.members, day)
        self.lots = Counter({e: n for e, n in held.lots[self.school["code"], kind].items() if n})
        self.held = held
        self.begun = {}  # the last day on which accounts of an expiry are activated or prolonged, where it is not past
        self.stacked = rules.date.min  # the last day on which codes in stock were put on accounts
        self.together = {}  # the day on which accounts were renewed together with those of an earlier expiry
        self.orders = []
        self.free = []  # [codes without a recorded activation, their last day, their term, (payment, number of their purchase)]
        for purchase in self.school.get("purchase", []):
            self.add_stock(purchase) if purchase["paid"] <= day else None
        for when, _, _, _, what, _, _, term, activation in self.events:
            if what == "use" and when == day:
                self.begun[activation.get("extends", day) + days(term.total)] = day

    def add_stock(self, purchase):
        if purchase.get("kind") == "renewal":
            return
        rows = purchase.get("activations", [])
        recorded = purchase[self.kind] if "activated" in purchase else sum(r["count"] for r in rows)
        left = purchase.get(self.kind, 0) - recorded
        if left:
            deadline = rules.activation_deadline(purchase["paid"])
            number = self.school["purchase"].index(purchase)
            self.free.append([left, deadline, rules.read_term(purchase["term"]), (purchase["paid"], number)])
            self.free.sort(key=lambda entry: (entry[1], entry[3]))

    def users(self, day):
        return needs_account(self.school, day)[self.kind]

    def active(self, day):
        return sum(n for e, n in self.lots.items() if e > day)

    def run(self):
        limit = self.end + days(60)
        fixed = {self.today}
        fixed.update(h["from"] for h in self.school.get("headcount", []))
        fixed.update(e for e in trial_ends(self.school).values() if e)
        fixed.update(e[0] for e in self.events)
        if rules.waiver_kinds(self.school):
            fixed.add(rules.LAST_WAIVED_DAY)
        done = None
        while True:
            ahead = fixed | set(self.lots) | {entry[1] for entry in self.free if entry[0]}
            ahead = [d for d in ahead if d >= self.today and (done is None or d > done)]
            if not ahead or min(ahead) > limit:
                break
            done = min(ahead)
            self.at(done)
        apart = Counter((o.date, o.days) for o in self.orders if o.kind != "renewal")
        if any(n > 1 for n in apart.values()):
            raise Undetermined("purchases of one day and term, which are one order")
        return sorted(o for o in self.orders if o.date < self.end)

    def at(self, day):
        if day > self.today:
            self.apply_recorded(day)
        before = Counter(self.lots)
        expiring, renewed = self.lots.get(day, 0), self.together.get(day)
        self.use_stock(day)
        if day == self.today:
            before = self.lots
        short = self.users(day) - self.active(day)
        if short > 0 and expiring and day > self.today:
            renewed = self.renew(day)
            short = self.users(day) - self.active(day)
        if short > 0:
            self.buy(day, short, renewed, before)
        self.stack(day)

    def apply_recorded(self, day):
        for event in self.events:
            when, _, _, _, what, code, purchase, term, activation = event
            if when != day:
                continue
            if what == "pay" and purchase.get("kind") != "renewal":
                self.add_stock(purchase)
            elif what == "pay":
                raise Undetermined("a renewal that is decided")
            elif activation.get("extends"):
                self.prolong(day, activation["extends"], term, activation["count"])
            else:
                self.add(day, day + days(term.total), activation["count"])

    def needed(self, day, expires):
        """Users on an expiry without an account from then on, decided activations until then included."""
        decided = self.decided(day, expires)
        return self.users(expires) - self.active(expires) - sum(decided.values())

    def prolonged(self, day, expires):
        """Accounts of an expiry that the plan lets codes prolong on a later day."""
        uses = (e for e in self.events if e[4] == "use" and e[0] > day)
        return sum(use[8]["count"] for use in uses if use[8].get("extends") == expires)

    def decided(self, day, until=rules.date.max):
        """Lots of activations that the plan records for later days."""
        lots = Counter()
        for when, _, _, _, what, _, _, term, activation in self.events:
            if what == "use" and day < when <= until and not activation.get("extends"):
                lots[when + days(term.total)] += activation["count"]
        return lots

    def all_lots(self, day, lots):
        """Lots of a day, with what becomes of them by activations that the plan records for later days."""
        lots = lots + self.decided(day)
        for when, _, _, _, what, _, _, term, activation in self.events:
            if what == "use" and day < when and activation.get("extends"):
                lots[activation["extends"]] -= activation["count"]
                lots[activation["extends"] + days(term.total)] += activation["count"]
        return Counter({expires: n for expires, n in lots.items() if n > 0 and expires > day})

    def add(self, begins, expires, count):
        """Accounts that are activated on a day."""
        self.lots[expires] += count
        self.begun[expires] = max(begins, self.begun.get(expires, begins))

    def prolong(self, day, expires, term, count):
        """Accounts that codes prolong on a day."""
        self.lots[expires] -= count
        self.add(day, expires + days(term.total), count)

    def use_stock(self, day):
        """Rule 1: codes that are paid, those with the earliest last day first."""
        for entry in self.free:
            short = self.users(day) - self.active(day)
            if short > 0 and entry[1] >= day and entry[0]:
                taken = min(short, entry[0])
                entry[0] -= taken
                self.add(day, day + days(entry[2].total), taken)
                # Those whose accounts expire come first.
                self.lots[day] -= min(taken, self.lots[day])

    def stack(self, day):
        """Rule 1: on their last day codes are put on accounts that expire soon and are needed then (T7)."""
        for entry in self.free:
            if entry[1] != day or not entry[0]:
                continue
            for expires in sorted(e for e, n in self.lots.items() if n and day < e <= day + days(rules.STACKING_DAYS)):
                apart = self.prolonged(day, expires)
                needed = self.needed(day, expires) - apart
                too_far = (expires - day).days + entry[2].total > rules.MOST_DAYS  # T8
                taken = 0 if too_far else min(needed, entry[0], self.lots[expires] - apart)
                if taken > 0:
                    entry[0] -= taken
                    self.prolong(day, expires, entry[2], taken)
                    self.stacked = day
            entry[0] = 0

    def renew(self, day):
        """Rule 3, and rule 8 while a waiver holds."""
        pay = max(self.today, day - days(rules.AUTOMATIC_DAYS))
        free = rules.is_waived(self.school, pay)
        if free or (rules.waiver_kinds(self.school) and pay <= rules.LAST_WAIVED_DAY + days(400)):
            raise Undetermined("a waiver")
        total, lots = self.term.total, []
        possible = max(pay, day + days(total - rules.MOST_DAYS))  # T8
        if possible >= day:
            if day == trial_ends(self.school)[self.kind]:
                raise Undetermined("accounts that are replaced when a trial ends")
            return self.replace(day, pay)
        pay = possible
        for expires in self.renewed_together(day, pay):
            bought = any(e[4] == "pay" and day < e[0] <= expires for e in self.events)
            if expires > day and (bought or any(entry[0] for entry in self.free)):
                raise Undetermined("codes in stock for accounts that are renewed together")
            needed = self.needed(day, expires)
            apart = self.prolonged(day, expires)
            taken = min(needed - apart, self.lots[expires] - apart)
            if self.leave_soon(expires):
                raise Undetermined("users who leave soon")
            if taken > 0:
                self.together[expires] = pay
                self.lots[expires] -= taken
                self.lots[expires + days(total)] += taken
                lots.append((expires, taken))
        if lots:
            count = sum(n for _, n in lots)
            self.orders.append(
                Predicted(pay, "renewal", count, total, lots[0][0], max(e for e, _ in lots) + days(total))
            )
        return pay

    def renewed_together(self, day, pay):
        """Rule 3; a term with days is a renewal to a day, of one expiry (P15)."""
        if self.term.extra:
            return [day]
        last = min(day + days(SHORTEST), day + days(self.term.total - 1))
        active = (e for e, n in self.lots.items() if n and (e == day or self.begun.get(e, rules.date.min) < pay))
        return sorted(e for e in active if day <= e <= last and (e - pay).days + self.term.total <= rules.MOST_DAYS)

    def replace(self, day, pay):
        """New accounts in place of those that cannot be prolonged so far (T8)."""
        total = self.term.total
        count = min(self.users(day) - self.active(day), self.lots[day])
        self.add(day, day + days(total), count)
        self.orders.append(Predicted(pay, "replacement", count, total, day, day + days(total)))

    def leave_soon(self, day):
        """True if the plan states users of a day soon after, and fewer of them are without other accounts then (rule 4)."""
        soon = day + days(SHORTEST)
        stated = [h["from"] for h in self.school.get("headcount", []) if day < h["from"] <= soon]
        return any(self.needed(day, when) < self.needed(day, day) for when in stated)

    def buy(self, day, short, renewed, before):
        """Rules 2, 5 and 6.

        `before` are the accounts without codes that are activated after the payment; `renewed` is the day of a renewal of accounts
        that expire on `day`, if there is one.
        """
        end = trial_ends(self.school)[self.kind]
        due = reminder(end) - days(1) if end == day else day
        if rules.waiver_kinds(self.school) and due <= rules.LAST_WAIVED_DAY + days(400):
            raise Undetermined("a waiver")
        if self.leave_soon(day) and self.active(day):
            raise Undetermined("users who leave soon")
        kind, total = "purchase", self.term.total
        if renewed is None:
            expires = self.common_expiry(day, short, before)
            if expires is None and due == day:
                expires = self.common_expiry(day, short, self.lots)
            elif expires is not None and due == day:
                due = day - days(1)
            if expires is not None:
                kind, total = "top-up", (expires - day).days
        if renewed is not None:
            kind, due = "top-up", renewed
        pay = max(self.today, due)
        self.add(day, day + days(total), short)
        self.orders.append(Predicted(pay, kind, short, total, day, day + days(total)))

    def common_expiry(self, day, short, lots):
        """Rule 5: the expiry of the lot that most accounts share, which a top-up gets."""
        running = self.all_lots(day, lots)
        if not running:
            return None
        if self.stacked > day - days(SHORTEST + 1):
            raise Undetermined("codes that are put on accounts shortly before a top-up")
        most = max(running.values())
        largest = [e for e, n in running.items() if n == most]
        if 2 * most < short or (largest[0] - day).days > rules.MOST_DAYS:
            return None
        if len(largest) > 1:
            raise Undetermined("lots of the same size")
        if (largest[0] - day).days < SHORTEST:
            raise Undetermined("a short remainder")
        soon = [e for e, n in self.lots.items() if n and day < e <= day + days(rules.AUTOMATIC_DAYS)]
        if soon and (largest[0] <= min(soon) + days(SHORTEST) or self.users(soon[0]) > self.users(day)):
            raise Undetermined("a top-up beside accounts that are being renewed")
        return largest[0]
