"""Random plans as TOML: edges of tiers, all forms of terms, dates around those of rules, groups, purchases, holdings."""

from datetime import date, datetime, time

import rules
from rules import TYPES, days

EDGES = [0, 1, 4, 5, 6, 199, 200, 201, 499, 500, 501, 999, 1000, 1001, 9999, 10000, 10001, 12000]
RULE_DAYS = [
    date(2022, 5, 16),
    date(2023, 3, 30),
    date(2023, 3, 31),
    date(2023, 4, 1),
    date(2023, 6, 30),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2025, 2, 28),
    date(2024, 12, 31),
]
INDUSTRIES = ["教育/高等教育", "教育/初等教育", "教育/学前教育", "政府/街道", "IT服务/软件", "教育/职业教育"]


def pick_date(rng):
    if rng.random() < 0.35:
        return max(rules.CARD_FROM, rng.choice(RULE_DAYS) + days(rng.randint(-2, 2)))
    return rules.CARD_FROM + days(rng.randint(0, 1500))


def count(rng, low=0):
    kind = rng.random()
    if kind < 0.3:
        n = rng.choice(EDGES)
    elif kind < 0.6:
        n = rng.randint(0, 30)
    elif kind < 0.9:
        n = rng.randint(0, 600)
    else:
        n = rng.randint(0, 12000)
    return max(low, n)


def term(rng):
    while True:
        form = rng.random()
        if form < 0.45:
            table = {"years": rng.choice([1, 1, 1, 2, 3, 5])}
        elif form < 0.7:
            table = {"months": rng.choice([1, 2, 3, 6, 11, 12, 13, 18, 24, 36, 60])}
        elif form < 0.8:
            table = {"days": rng.randint(31, 1860)}
        elif form < 0.95:
            table = {"months": rng.randint(0, 40), "days": rng.randint(1, 60)}
        else:
            table = {"years": 1, "months": rng.randint(0, 6), "days": rng.randint(0, 31)}
        if rules.LEAST_DAYS <= rules.read_term(table).total <= rules.MOST_DAYS:
            return table


class Schools:
    """Writes the schools of one payer, whose facts the options allow."""

    def __init__(self, rng, day, prefix):
        self.rng, self.day, self.prefix = rng, day, prefix
        self.dated = day is not None

    def payer(self):
        rng = self.rng
        if rng.random() < 0.05:
            return [self.test_enterprise()]
        if rng.random() < 0.35:
            return [self.of_one_type()]
        size = rng.choice([1] * 6 + [2, 2, 3, 4, 6])
        shared = term(rng)
        schools = []
        for number in range(size):
            school = self.school(f"{self.prefix}-{number}")
            school["term"] = shared
            if number:
                school["upstream"] = f"{self.prefix}-0"
                school.pop("negotiated", None)
            if number and not self.has_users(school):
                school["basic"] = 1
            schools.append(school)
        if not any(self.has_users(school) and rules.is_charged(school) for school in schools):
            schools[0]["basic"] = max(1, schools[0]["basic"])
        if size > 1 and rng.random() < 0.3:
            rng.shuffle(schools)
        return schools

    def of_one_type(self):
        """A school alone, whose orders the yearly policy determines in most cases."""
        kind, other = self.rng.sample(TYPES, 2)
        school = self.school(f"{self.prefix}-0")
        school["term"] = term(self.rng)
        for row in [school, *school.get("headcount", []), *school.get("purchase", [])]:
            if row.get(other):
                row[kind] = max(1, row.get(kind, 0))
                row[other] = 0
        school[kind] = max(1, school[kind])
        school["held"] = [held for held in school.get("held", []) if held["type"] == kind]
        for purchase in school.get("purchase", []):
            rows = [row for row in purchase.get("activations", []) if row["type"] == kind]
            if "activations" in purchase:
                purchase["activations"] = rows
            if purchase.get("kind") == "renewal" and not rows:
                purchase["drop"] = True
            if not rows:
                purchase.pop("activations", None)
        school["purchase"] = [p for p in school.get("purchase", []) if not p.get("drop")]
        for app in school.get("app", []):
            app.pop("order", None)
        return {key: value for key, value in school.items() if value != []}

    @staticmethod
    def has_users(school):
        return school["basic"] + school["interop"] > 0

    def test_enterprise(self):
        rng = self.rng
        school = {"code": f"{self.prefix}-0", "name": f"T{self.prefix}", "term": {"months": 1}, "test-enterprise": True}
        school.update(basic=rng.randint(1, 1000), interop=rng.choice([0, 3, 1000]))
        return school

    def school(self, code):
        rng = self.rng
        school = {"code": code, "name": f"S{code}", "basic": count(rng), "interop": rng.choice([0, count(rng)])}
        if rng.random() < 0.2:
            school["status"] = "unconfirmed"
        if rng.random() < 0.5:
            school["industry"] = rng.choice(INDUSTRIES)
        if rng.random() < 0.6:
            school["certification"] = rng.choice(["none", "verified", "certified"])
        if rng.random() < 0.07:
            school["nonprofit-proof"] = True
        if rng.random() < 0.5:
            prices = {"basic": rng.choice(["0.80", "1", "0.005", "0.333"]), "interop": rng.choice(["8.00", "7.77"])}
            school["negotiated"] = {kind: prices[kind] for kind in TYPES if rng.random() < 0.7}
            if not school["negotiated"]:
                del school["negotiated"]
        if self.dated:
            self.add_holdings(school)
        if rng.random() < 0.5:
            school["app"] = self.apps(school)
        return school

    def add_holdings(self, school):
        rng, day = self.rng, self.day
        if rng.random() < 0.4:
            school["held"] = self.held()
        if rng.random() < 0.4:
            school["headcount"] = self.headcounts(school)
        if rng.random() < 0.5:
            school["purchase"] = [self.purchase() for _ in range(rng.choice([1, 1, 2, 3]))]
        self.stack(school)
        self.renew(school)

    def held(self):
        rng, day = self.rng, self.day
        lots = {}
        for _ in range(rng.choice([1, 1, 2, 4])):
            ahead = rng.choice([1, 6, 7, 8, 20, 21, 31, 92, 93, 186, 187, 371, 372, 373, rng.randint(-5, 800)])
            lots[rng.choice(TYPES), day + days(ahead)] = max(1, min(count(rng), 11000))
        return [{"type": kind, "count": n, "expires": expires} for (kind, expires), n in lots.items()]

    def headcounts(self, school):
        rng, day = self.rng, self.day
        start = day + days(rng.choice([-400, -30, -1, 0, 1, rng.randint(2, 500)]))
        rows = []
        for _ in range(rng.choice([1, 1, 2, 3])):
            factor = rng.choice([0, 1, 2, 3, 5])
            rows.append(
                {
                    "from": start,
                    "basic": min(30000, school["basic"] * factor // 2 + rng.choice([0, 0, 7])),
                    "interop": min(30000, school["interop"] * rng.choice([1, factor]) // 2),
                }
            )
            start += days(rng.choice([1, 20, 31, rng.randint(2, 400)]))
        return rows

    def purchase(self):
        rng, day = self.rng, self.day
        paid = day - days(rng.choice([0, 1, 10, 364, 365, 366, rng.randint(0, 420), rng.randint(0, 420)]))
        if rng.random() < 0.05:
            paid = day + days(rng.randint(1, 90))
        if rng.random() < 0.05:
            paid = max(rules.CARD_FROM, date(day.year - day.year % 4, 2, 29))
        paid = max(paid, rules.CARD_FROM)
        purchase = {"paid": paid, "basic": count(rng), "interop": rng.choice([0, count(rng)]), "term": term(rng)}
        if purchase["basic"] + purchase["interop"] == 0:
            purchase["basic"] = 1
        deadline = rules.activation_deadline(paid)
        form = rng.random()
        if form < 0.45:
            when = paid + days(rng.choice([0, 1, 8, rng.randint(0, 365)]))
            purchase["activated"] = min(when, deadline)
        elif form < 0.75:
            purchase["activations"] = self.activations(purchase, deadline)
            if not purchase["activations"]:
                del purchase["activations"]
        return purchase

    def activations(self, purchase, deadline):
        rng = self.rng
        rows = []
        for kind in TYPES:
            left = purchase[kind]
            for _ in range(rng.choice([0, 1, 2])):
                n = rng.randint(0, left)
                if n:
                    when = min(deadline, purchase["paid"] + days(rng.choice([0, 1, rng.randint(0, 365)])))
                    rows.append({"date": when, "type": kind, "count": n})
                    left -= n
        return rows

    def stack(self, school):
        """Lets some codes prolong held accounts, at most 20 days before they expire (T7)."""
        rng = self.rng
        for purchase in school.get("purchase", []):
            if "activated" in purchase or rng.random() < 0.5:
                continue
            free = {k: purchase[k] - sum(a["count"] for a in purchase.get("activations", []) if a["type"] == k) for k in TYPES}
            for held in school.get("held", []):
                if held.get("taken") or not free[held["type"]]:
                    continue
                first = max(purchase["paid"], held["expires"] - days(rules.STACKING_DAYS))
                last = min(rules.activation_deadline(purchase["paid"]), held["expires"] - days(1))
                if first > last:
                    continue
                when = first + days(rng.randint(0, (last - first).days))
                ends = held["expires"] + days(rules.read_term(purchase["term"]).total)
                if (ends - when).days > rules.MOST_DAYS:
                    continue
                n = rng.randint(1, min(free[held["type"]], held["count"]))
                free[held["type"]] -= n
                held["taken"] = True
                purchase.setdefault("activations", []).append(
                    {"date": when, "type": held["type"], "count": n, "extends": held["expires"]}
                )
                break

    def renew(self, school):
        """Lets a recorded renewal prolong a whole held lot."""
        rng, day = self.rng, self.day
        for held in school.get("held", []):
            if held.get("taken") or rng.random() < 0.8:
                continue
            paid = min(day, held["expires"] - days(rng.randint(1, 60)))
            table = term(rng)
            ends = held["expires"] + days(rules.read_term(table).total)
            if paid < rules.CARD_FROM or (ends - paid).days > rules.MOST_DAYS:
                continue
            held["taken"] = True
            row = {"date": paid, "type": held["type"], "count": held["count"], "extends": held["expires"]}
            school.setdefault("purchase", []).append(
                {"paid": paid, "kind": "renewal", held["type"]: held["count"], "term": table, "activations": [row]}
            )
            return

    def apps(self, school):
        rng = self.rng
        base = self.day or date(2022, 11, 18)
        rows = []
        for number in range(rng.choice([1, 1, 2, 3])):
            app = {"id": f"app{number}", "kind": rng.choice(["third-party", "agency", "agency", "internal"])}
            app["needs"] = "interop" if school["interop"] and number == 0 else rng.choice(TYPES)
            if rng.random() < 0.8:
                ago = rng.choice([0, 82, 83, 84, 89, 90, 91, rng.randint(-20, 200)])
                moment = time(*rng.choice([(0, 0, 0), (23, 59, 59), (rng.randint(0, 23), rng.randint(0, 59), 7)]))
                app["authorized"] = datetime.combine(base - days(ago), moment)
            if rng.random() < 0.1:
                first = base - days(rng.randint(0, 200))
                app["order"] = {"from": first, "until": first + days(rng.randint(30, 700))}
            rows.append(app)
        return rows


def toml_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml_value(v)}" for k, v in value.items() if k != "taken") + " }"
    return str(value)


def write(day, schools):
    lines = ['rate-card = "wecom-2022-05-16"']
    if day is not None:
        lines.append(f"date = {day}")
    for school in schools:
        lines.append("\n[[school]]")
        nested = {key: school[key] for key in ("headcount", "purchase", "app") if key in school}
        lines += [f"{key} = {toml_value(value)}" for key, value in school.items() if key not in nested]
        for key, rows in nested.items():
            for row in rows:
                lines.append(f"[[school.{key}]]")
                lines += [f"{name} = {toml_value(value)}" for name, value in row.items()]
    return "\n".join(lines) + "\n"


def plan(rng, payers):
    """The text of a plan with so many payers."""
    day = None if rng.random() < 0.08 else pick_date(rng)
    schools = []
    for number in range(payers):
        schools += Schools(rng, day, f"p{number}").payer()
    return write(day, schools)
