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
        self.begun = {}  # the last day on which accounts of an expiry are activated, where it is ahead
        self.orders = []
        self.free = []  # [codes without a recorded activation, their last day, their term]
        for purchase in self.school.get("purchase", []):
            self.add_stock(purchase) if purchase["paid"] <= day else None

    def add_stock(self, purchase):
        if purchase.get("kind") == "renewal":
            return
        rows = purchase.get("activations", [])
        recorded = purchase[self.kind] if "activated" in purchase else sum(r["count"] for r in rows)
        left = purchase.get(self.kind, 0) - recorded
        if left:
            deadline = rules.activation_deadline(purchase["paid"])
            self.free.append([left, deadline, rules.read_term(purchase["term"])])
            self.free.sort(key=lambda entry: entry[1])

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
        self.use_stock(day)
        if day == self.today:
            before = self.lots
        short = self.users(day) - self.active(day)
        expiring, renewed = self.lots.get(day, 0), None
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
                self.lots[activation["extends"]] -= activation["count"]
                self.lots[activation["extends"] + days(term.total)] += activation["count"]
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

    def add(self, begins, expires, count):
        """Accounts that are activated on a day."""
        self.lots[expires] += count
        self.begun[expires] = max(begins, self.begun.get(expires, begins))

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
                    self.lots[expires] -= taken
                    self.lots[expires + days(entry[2].total)] += taken
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
            if expires > day and any(entry[0] for entry in self.free):
                raise Undetermined("codes in stock for accounts that are renewed together")
            needed = self.needed(day, expires)
            apart = self.prolonged(day, expires)
            taken = min(needed - apart, self.lots[expires] - apart)
            if self.leave_soon(expires):
                raise Undetermined("users who leave soon")
            if taken > 0:
                self.lots[expires] -= taken
                self.lots[expires + days(total)] += taken
                lots.append((expires, taken))
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
        active = (e for e, n in self.lots.items() if n and (e == day or self.begun.get(e, pay) <= pay))
        return sorted(e for e in active if day <= e <= last and (e - pay).days + self.term.total <= rules.MOST_DAYS)

    def replace(self, day, pay):
        """New accounts in place of those that cannot be prolonged so far (T8)."""
        total = self.term.total
        count = min(self.users(day) - self.active(day), self.lots[day])
        self.add(day, day + days(total), count)
        self.orders.append(Predicted(pay, "replacement", count, total, day, day + days(total)))

    def leave_soon(self, day):
        now = self.users(day)
        return any(self.users(h["from"]) < now for h in self.school.get("headcount", []) if day < h["from"] <= day + days(SHORTEST))

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
        running = {e: n for e, n in (before + self.decided(day)).items() if e > day}
        kind, total = "purchase", self.term.total
        if running and renewed is None:
            most = max(running.values())
            largest = [e for e, n in running.items() if n == most]
            if 2 * most >= short and (largest[0] - day).days <= rules.MOST_DAYS:
                if len(largest) > 1:
                    raise Undetermined("lots of the same size")
                kind, expires = "top-up", largest[0]
                total = (expires - day).days
                if total < SHORTEST:
                    raise Undetermined("a short remainder")
                if due == day:
                    due = day - days(1)
        if renewed is not None:
            kind, due = "top-up", renewed
        pay = max(self.today, due)
        self.add(day, day + days(total), short)
        self.orders.append(Predicted(pay, kind, short, total, day, day + days(total)))
