//! The schools of a provider: who needs an account on a day, whom a code is activated for, and the plan with its files.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::sketch::{MemberSketch, PayerSketch, Sketch};
use super::wecom::{Account, Code, Customer, DAY, Enterprise, WeCom, date_of, day_of, moment};
use crate::reference::{BASIC, INTEROP};

/// The files beside a plan, by name.
pub type Files = BTreeMap<String, String>;

pub const ORDERS_FILE: &str = "orders.json";

/// A school; it has the index of its enterprise.
#[derive(Debug)]
pub struct School {
    code: String,
    /// Number of the member in its group: schools of one group have users of their own, those of several may share ids.
    member: usize,
    payer: usize,
    /// Users from a day on, by type: the first from the beginning.
    needs: Vec<(i64, [u64; 2])>,
    has_roster: bool,
    is_unconfirmed: bool,
    term: (u32, u32),
    /// The number of accounts that were given to somebody by his number alone.
    numbered: u64,
}

pub struct Schools(pub Vec<School>);

/// What codes may be used for.
#[derive(Debug, Clone, Copy)]
pub struct Uses {
    pub share: bool,
    pub spare: bool,
}

impl Schools {
    /// Returns the schools of a sketch, and WeCom with the accounts that they have from before.
    pub fn new(sketch: &Sketch) -> (Schools, WeCom) {
        let (mut schools, mut enterprises) = (Vec::new(), Vec::new());
        for (group, payer) in sketch.payers.iter().enumerate() {
            let first = schools.len();
            for (index, member) in payer.members().iter().enumerate() {
                let code = if index == 0 { format!("{group}") } else { format!("{group}-{index}") };
                let at = Position { code, member: index, payer: first };
                enterprises.push(enterprise(payer, member, &at, sketch.start));
                schools.push(school(payer, member, at, sketch.start));
            }
        }
        (Schools(schools), WeCom::new(enterprises))
    }

    /// Returns the users of a school on a day, by type.
    fn need(&self, school: usize, day: i64) -> [u64; 2] {
        let needs = &self.0[school].needs;
        needs.iter().rev().find(|(from, _)| *from <= day).map_or(needs[0].1, |(_, need)| *need)
    }

    /// Returns the users of a school without an active account, by type: an interop account to spare serves a basic user
    /// (W5).
    pub fn short(&self, wecom: &WeCom, school: usize, day: i64) -> [u64; 2] {
        let need = self.need(school, day);
        let mut active = [0_u64, 0];
        for account in wecom.enterprises[school].accounts.iter().filter(|account| account.runs_on(day)) {
            active[account.kind] += 1;
        }
        let spare = active[INTEROP].saturating_sub(need[INTEROP]);
        let basic = need[BASIC].saturating_sub(active[BASIC]).saturating_sub(spare);
        [basic, need[INTEROP].saturating_sub(active[INTEROP])]
    }

    /// Activates codes for the users of a group who have no account, the largest shortage first. Codes of the upstream
    /// go to its downstreams only with `share`, interop codes to basic users only with `spare`.
    pub fn serve(&mut self, wecom: &mut WeCom, payer: usize, now: i64, Uses { share, spare }: Uses) {
        let uses = [(INTEROP, INTEROP), (BASIC, BASIC), (INTEROP, BASIC)];
        for (of_code, for_user) in uses.into_iter().filter(|(code, user)| spare || code == user) {
            let mut members: Vec<(u64, usize)> = wecom
                .group(payer)
                .into_iter()
                .map(|member| (self.short(wecom, member, day_of(now))[for_user], member))
                .collect();
            members.sort_by_key(|(short, _)| Reverse(*short));
            for (short, member) in members {
                if share && member != payer {
                    share_with(wecom, (payer, member), of_code, (short, day_of(now)));
                }
                let codes = take_codes(wecom, member, of_code, (short, day_of(now)));
                let users = self.users(wecom, member, for_user, (codes.len(), day_of(now)));
                for (code, user) in codes.iter().zip(users) {
                    wecom.activate(member, code, user, now);
                }
            }
        }
    }

    /// Returns so many users for new accounts: of a roster those without one.
    fn users(
        &mut self,
        wecom: &WeCom,
        school: usize,
        kind: usize,
        (count, day): (usize, i64),
    ) -> Vec<String> {
        let mut users = Vec::new();
        if self.0[school].has_roster {
            let accounts = wecom.enterprises[school].accounts.iter().filter(|account| account.runs_on(day));
            let served: BTreeSet<&str> = accounts.map(|account| account.user.as_str()).collect();
            let on_roster = (0..self.need(school, day)[kind])
                .map(|number| roster_user(self.0[school].member, kind, number));
            users.extend(on_roster.filter(|user| !served.contains(user.as_str())).take(count));
        }
        let school = &mut self.0[school];
        users.resize_with(count, || {
            school.numbered += 1;
            format!("user{}-{}", school.member, school.numbered)
        });
        users
    }

    /// Returns the text of a plan on a day, and the files that it names.
    pub fn plan(&self, wecom: &WeCom, day: i64, with_orders: bool) -> (String, Files) {
        let mut files = Files::new();
        let mut text = format!(
            "date = {}\nprovider = {{ name = \"示例服务商\", buyer = \"zhangsan\" }}\n",
            date_of(day)
        );
        if with_orders {
            files.insert(ORDERS_FILE.to_owned(), wecom.orders_file());
            writeln!(text, "orders = {{ from = [\"{ORDERS_FILE}\"] }}").unwrap();
        }
        for index in 0..self.0.len() {
            self.write(&mut text, &mut files, wecom, (index, day));
        }
        (text, files)
    }

    fn write(&self, text: &mut String, files: &mut Files, wecom: &WeCom, (index, day): (usize, i64)) {
        let (school, enterprise) = (&self.0[index], &wecom.enterprises[index]);
        let code = &school.code;
        let [basic, interop] = self.need(index, day);
        writeln!(text, "[[school]]\ncode = \"{code}\"\nname = \"学校{code}\"").unwrap();
        writeln!(text, "corp-id = \"{}\"", enterprise.corp_id).unwrap();
        let (months, days) = school.term;
        writeln!(text, "term = {{ months = {months}, days = {days} }}").unwrap();
        if school.payer == index {
            text.push_str(customer_keys(enterprise.customer));
            text.push_str("negotiated = { basic = \"0.35\", interop = \"4.50\" }\n");
        } else {
            writeln!(text, "upstream = \"{}\"", self.0[school.payer].code).unwrap();
        }
        if school.is_unconfirmed {
            text.push_str("status = \"unconfirmed\"\n");
        }
        let mut held = vec![format!("accounts-{code}.json")];
        files.insert(held[0].clone(), wecom.accounts_file(index));
        if let Some(codes) = wecom.codes_file(index) {
            let name = format!("codes-{code}.json");
            files.insert(name.clone(), codes);
            held.push(name);
        }
        let held: Vec<String> = held.iter().map(|name| format!("{{ from = \"{name}\" }}")).collect();
        writeln!(text, "held = [{}]", held.join(", ")).unwrap();
        if school.has_roster && basic + interop > 0 {
            for (kind, need, needs) in [(BASIC, basic, "basic"), (INTEROP, interop, "interop")] {
                if need > 0 {
                    let name = format!("roster-{code}-{needs}.csv");
                    writeln!(text, "[[school.app]]\nid = \"app-{needs}\"\nneeds = \"{needs}\"").unwrap();
                    writeln!(text, "roster = \"{name}\"").unwrap();
                    let users = (0..need).map(|number| roster_user(school.member, kind, number) + "\n");
                    files.insert(name, format!("userid\n{}", users.collect::<String>()));
                }
            }
        } else {
            writeln!(text, "basic = {basic}\ninterop = {interop}").unwrap();
        }
        for (from, [basic, interop]) in school.needs.iter().filter(|(from, _)| day < *from) {
            writeln!(text, "[[school.headcount]]\nfrom = {}", date_of(*from)).unwrap();
            writeln!(text, "basic = {basic}\ninterop = {interop}").unwrap();
        }
    }
}

/// Begins a day of a group: codes that nobody activated in time are lost; those in stock go to users, with `stack` also on
/// the accounts of the upstream that end soon.
pub fn begin_day(schools: &mut Schools, wecom: &mut WeCom, payer: usize, day: i64, stack: bool) {
    for member in wecom.group(payer) {
        wecom.enterprises[member].codes.retain(|code| day <= code.last_day);
    }
    let now = moment(day, 8 * 3600);
    schools.serve(wecom, payer, now, Uses { share: false, spare: true });
    if stack {
        stack_codes(wecom, payer, now);
    }
}

/// Puts the codes of an enterprise on those of its accounts that end soon, which lose no day (T7).
pub fn stack_codes(wecom: &mut WeCom, enterprise: usize, now: i64) {
    let day = day_of(now);
    let mut at = 0;
    while at < wecom.enterprises[enterprise].codes.len() {
        let code = &wecom.enterprises[enterprise].codes[at];
        let accounts = wecom.enterprises[enterprise].accounts.iter().enumerate();
        let ending = accounts.filter(|(_, account)| {
            account.kind == code.kind
                && account.runs_on(day)
                && account.expires() - day <= 20
                && account.expires() + code.days - day <= 1860
        });
        match ending.min_by_key(|(_, account)| account.expires()) {
            Some((account, _)) => {
                let code = wecom.enterprises[enterprise].codes.remove(at);
                wecom.stack(enterprise, account, &code, now);
            }
            None => at += 1,
        }
    }
}

/// Takes codes of a type from those that an enterprise can activate, the ones with the earliest deadline first (O9).
fn take_codes(wecom: &mut WeCom, enterprise: usize, kind: usize, (most, day): (u64, i64)) -> Vec<Code> {
    let codes = &mut wecom.enterprises[enterprise].codes;
    let (mut of_type, others): (Vec<Code>, Vec<Code>) =
        std::mem::take(codes).into_iter().partition(|code| code.kind == kind && code.from <= day);
    of_type.sort_by_key(|code| code.created);
    let rest = of_type.split_off(of_type.len().min(usize::try_from(most).unwrap()));
    *codes = others;
    codes.extend(rest);
    of_type
}

/// Shares codes of an upstream with a downstream, so that it has as many as it needs.
fn share_with(wecom: &mut WeCom, (payer, member): (usize, usize), kind: usize, (wanted, day): (u64, i64)) {
    let is_it = |code: &Code| code.kind == kind && code.from <= day;
    let count = |of: usize| wecom.enterprises[of].codes.iter().filter(|code| is_it(code)).count() as u64;
    for _ in 0..wanted.saturating_sub(count(member)).min(count(payer)) {
        let codes = wecom.enterprises[payer].codes.iter().enumerate();
        let of_type = codes.filter(|(_, code)| is_it(code));
        let (first, _) = of_type.min_by_key(|(_, code)| code.created).unwrap();
        wecom.share(payer, first, member);
    }
}

fn customer_keys(customer: Customer) -> &'static str {
    match customer {
        Customer::Charged => "industry = \"教育/高等教育\"\ncertification = \"certified\"\n",
        Customer::K12 => "industry = \"教育/初等教育\"\ncertification = \"verified\"\n",
        Customer::Government => "industry = \"政府/公安\"\ncertification = \"certified\"\n",
        Customer::Nonprofit => "nonprofit-proof = true\n",
        Customer::Test => "test-enterprise = true\n",
    }
}

fn roster_user(member: usize, kind: usize, number: u64) -> String {
    format!("{}{member}-{number}", if kind == BASIC { "basic" } else { "interop" })
}

/// Where a school stands among the others.
struct Position {
    code: String,
    member: usize,
    payer: usize,
}

fn school(payer: &PayerSketch, member: &MemberSketch, at: Position, start: i64) -> School {
    let is_test = payer.customer == Customer::Test;
    let limited = |need: [u64; 2]| if is_test { need.map(|count| count.min(400)) } else { need };
    let mut needs = vec![(i64::MIN, limited(member.need))];
    let changes: BTreeMap<i64, [u64; 2]> = member.changes.iter().copied().collect();
    needs.extend(changes.into_iter().map(|(after, need)| (start + after, limited(need))));
    School {
        code: at.code,
        member: at.member,
        payer: at.payer,
        needs,
        has_roster: member.has_roster,
        is_unconfirmed: member.is_unconfirmed,
        term: if is_test { (1, 0) } else { payer.term },
        numbered: 0,
    }
}

/// Returns an enterprise with the accounts that it has from before, of which no order is known.
fn enterprise(payer: &PayerSketch, member: &MemberSketch, at: &Position, start: i64) -> Enterprise {
    let mut accounts = Vec::new();
    for (lot, held) in member.held.iter().enumerate() {
        for number in 0..held.count {
            let active = moment(start - held.age, 9 * 3600);
            let end = active + (held.age + held.days_left) * DAY;
            let user = match member.has_roster {
                // Each lot has users of its own; those of the last have left.
                true if lot == 0 => roster_user(at.member, held.kind, number),
                _ => format!("old{}-{lot}-{number}", at.member),
            };
            accounts.push(Account { user, kind: held.kind, codes: vec![(active, end)] });
        }
    }
    Enterprise {
        corp_id: format!("ww{}", at.code),
        payer: at.payer,
        customer: payer.customer,
        accounts,
        codes: Vec::new(),
        shared: Vec::new(),
    }
}
