"""What a day was for each person in it: what happened, who was told, against which clock, what was withheld and why."""
import re
import xml.etree.ElementTree

from day_words import RECIPIENTS, day, length, moment, what, when, whom, withheld

WIDTH = 140
DAYS_IN_FULL = 2  # the day and the one before it; of earlier ones only what happened is told
# What was asked for, by what the contact that does it is about. The rest have clocks of their own.
ANSWERS = {"Standing down": "Stand witness down", "Personal statement": "Offer personal statement"}
FOUND = "Find witness today"
NOTICE = "{urn:causeway:niche-style:1}"


class Day:
    """The steps of a performance as `causeway demo --json` tells them, sorted by person.

    `people` is what the story calls them: {name: (number among the parties of the case, who that is in words)}; officers have no number.
    """

    def __init__(self, people, folder):
        self.people, self.folder, self.steps, self.ledger = people, folder, [], {}
        self.cases = {}  # name -> the host's number of the case

    def add(self, record):
        if "ledger" in record:
            self.ledger = record["ledger"]
            return
        record["at"] = moment(record["at"])
        self.steps.append(record)
        for message in record["messages"]:
            for name in record.get("about", []):
                if self.people.get(name, ("",))[0] and message["case"]:
                    self.cases.setdefault(name, message["case"])

    def concerns(self, name, record, message, delivery):
        """Whether it is this person of whom something is told: by name where it names anybody, else whom the step is about."""
        if name not in record.get("about", []):
            return False
        if name in self.cases and message["case"] != self.cases[name]:
            return False
        officers = delivery["type"] == "duty.change_requested"
        body = delivery.get("body", "")
        names = [one for one, (number, _) in self.people.items() if bool(number) != officers and all(part in body for part in one.split())]
        return name in names if names or officers else bool(self.people[name][0])

    def told(self, name):
        """(step, delivery) of everything that was told, or held, of this person, in order."""
        for record in self.steps:
            for message in record["messages"]:
                for delivery in message["deliveries"]:
                    if self.concerns(name, record, message, delivery):
                        yield record, delivery

    def clocks(self, name):
        """Every clock of this person, the first due first."""
        number = self.people[name][0]
        rows = [row for row in self.steps[-1]["clocks"] if row["case"] == self.cases.get(name) and row["about"] == number]
        return sorted(rows, key=lambda row: (row["due_at"], row["started_at"]))

    def bodies(self, recipient):
        return "\n".join(one["body"] for one in self.deliveries() if one["recipient"] == recipient and "body" in one)

    def deliveries(self):
        return [delivery for record in self.steps for message in record["messages"] for delivery in message["deliveries"]]

    # ---- in words ----

    def of(self, name):
        """The part of the report that is about one person."""
        lines = [f"{name}: {self.people[name][1]}"]
        shown, told = None, list(self.told(name))
        own_steps = [record for record in self.steps if name in record.get("about", [])]
        earlier = [f"{day(record['at'])}, {record['say']}" for record in own_steps if record["at"].date() < self.begins()]
        if earlier:
            lines += wrapped("  Before: ", " ".join(earlier))
        for record in own_steps[len(earlier):]:
            if record["at"].date() != shown:
                shown = record["at"].date()
                lines.append(f"  {day(record['at'])}")
            lines += wrapped(f"    {record['at']:%H:%M}  ", record["say"])
            own = [delivery for one, delivery in told if one is record]
            for delivery in own:
                lines += wrapped("           -> ", self.sentence(record, delivery))
            if record.get("file") and not own and record["as"] in ("courts", "cps"):
                lines.append("           -> Nobody is told anything new.")
            for answer in self.answers(record, told):
                lines += wrapped("           -> ", answer)
        lines += self.against_the_clock(name) + self.kept_back(told)
        return "\n".join(lines) + "\n"

    def begins(self):
        """The first day that is told in full."""
        return sorted({record["at"].date() for record in self.steps})[-DAYS_IN_FULL:][0]

    def answers(self, record, told):
        """How long it took to do what has no clock, where this step is the contact that does it."""
        asked = [one["at"] for one, delivery in told if f'type="{FOUND}"' in delivery.get("body", "")]
        if asked and any(one is record and delivery["type"] == "attendance.answered" for one, delivery in told):
            yield f'"{FOUND}" is done, {length(record["at"] - asked[-1])} after it was asked.'
        if record.get("as") != "records" or len(record["about"]) != 1:
            return
        document = xml.etree.ElementTree.parse(self.folder / record["file"])
        for contact in document.iter(f"{NOTICE}Contact"):
            title = ANSWERS.get(contact.get("about", "")) if contact.get("result") in ("spoke", "letter-sent") else None
            asked = [(one["at"], delivery["body"]) for one, delivery in told if title and f'type="{title}"' in delivery.get("body", "")]
            if not asked:
                continue
            at, (since, body) = moment(contact.get("at")), asked[-1]
            hearing = re.search(r'<Hearing [^>]*date="([^"]*)" time="([^"]*)"', body)
            left = moment(f"{hearing[1]}T{hearing[2]}:00+01:00") - at if title == ANSWERS["Standing down"] and hearing else None
            before = f", {length(left)} before the hearing" if left else ""
            yield f'"{title}" is done at {at:%H:%M}, {length(at - since)} after it was asked{before}.'

    def sentence(self, record, delivery):
        due = moment(delivery["due_at"])
        if delivery["state"] == "held":
            hold = next(one for one in record["held"] if one["delivery"] == delivery["delivery"])
            return f"{whom(delivery)} is sent nothing. Held for a person to decide: {hold['text']} {hold['what_to_do']}".rstrip()
        by = f" By {when(due)}." if due > record["at"].replace(second=59) else ""
        text = f"{whom(delivery)} {what(delivery)}"
        return text + ("" if text.endswith((".", '."')) else ".") + by

    def against_the_clock(self, name):
        lines = []
        for row in self.clocks(name):
            due, now = moment(row["due_at"]), self.steps[-1]["at"]
            done = moment(row.get("stopped_at", row["due_at"]))
            if row["state"] == "superseded" or (not row["open"] and done.date() < self.begins()):
                continue
            if row["state"] == "met":
                how = f"done {when(done)}, {length(due - done)} to spare"
            elif row["state"] == "breached":
                how = f"LATE, and not done when the day ends; {self.escalated(row)}"
            else:
                how = f"not done yet; {length(due - now)} left when the day ends"
            right = f"Victims' Code, right {row['right']}" if row["right"].isdigit() else "Witness Charter"
            lines += wrapped("    ", f"{row['what']} ({right}): due {when(due)}; {how}")
        return ["  Against the clock", *lines] if lines else []

    def escalated(self, row):
        """When the supervisor heard of it."""
        times = [f"{record['at']:%H:%M}" for record in self.steps for message in record["messages"]
                 if message["case"] == row["case"] and message["type"] in ("clock.due_soon", "clock.overdue")]
        return "the supervisor was told at " + " and ".join(times) if times else "nobody was told"

    @staticmethod
    def kept_back(told):
        lines = []
        for recipient in dict.fromkeys(delivery["recipient"] for _, delivery in told if delivery["recipient"] != "records"):
            sent = [delivery for _, delivery in told if delivery["recipient"] == recipient and "body" in delivery]
            for why, items in withheld(sent).items():
                lines += wrapped("    ", f"from {RECIPIENTS[recipient].replace('The ', 'the ', 1)}: {', '.join(items)}; {why}")
        return ["  Withheld", *lines] if lines else []

    def summary(self):
        """The whole day in numbers."""
        today = self.steps[-1]["at"]
        rows = [row for name in self.people for row in self.clocks(name)]
        met = sum(row["state"] == "met" and moment(row["stopped_at"]).date() == today.date() for row in rows)
        counts = {state: sum(row["state"] == state for row in rows) for state in ("breached", "running", "suspended")}
        came, went = sum("file" in record for record in self.steps), sum("body" in one for one in self.deliveries())
        open_still = counts["running"] + counts["suspended"]
        return (f"{len(self.people)} people, {came} documents in, {went} out. On {day(today)}: duties done in time {met}, "
                f"late {counts['breached']}, not due yet {open_still}. Held for a person to decide: {self.ledger.get('held', 0)}. "
                f"Nothing was lost: the books {'balance' if self.ledger.get('balances') else 'DO NOT BALANCE'}.\n")

    def parts(self):
        """Everything that was told by its name, for expectations: each person, `day`, `sent to RECIPIENT`, `all`."""
        out = {name: " ".join(self.of(name).split()) for name in self.people}  # wherever a line ends
        out["day"] = self.summary()
        for recipient in sorted({one["recipient"] for one in self.deliveries()}):
            out[f"sent to {recipient}"] = self.bodies(recipient)
        out["all"] = "\n".join(out.values())
        return out


def wrapped(first, text):
    """The text in lines of at most WIDTH, each after the first below the beginning of its words."""
    words, lines, line = text.split(), [], first
    for word in words:
        if len(line) + len(word) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = " " * len(first)
        line += word + " "
    return [*lines, line.rstrip()]


def people_in(file):
    """{name: (number, description)} of a file with a line for each: NAME | NUMBER | DESCRIPTION; `#` begins a remark."""
    out = {}
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = re.fullmatch(r"([^|]+) \| ([^|]+) \| ([^|]+)", line)
        if parts is None:
            raise ValueError(f"{file.name}:{number}: expected NAME | NUMBER | DESCRIPTION")
        out[parts[1]] = ("" if parts[2] == "-" else parts[2], parts[3])
    return out
