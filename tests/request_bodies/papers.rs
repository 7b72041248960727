//! The documents that the small WeCom answers, as a provider saves them: each answer beside the body of its request.

use serde_json::{Value, json};

use super::wecom::{Enterprise, Order, OrderPart, WeCom};

/// Accounts of a page.
const PAGE: usize = 700;

impl WeCom {
    /// Returns the documents of all orders, an answer a line: `list_order`, `get_order`, `get_union_order` and
    /// `list_order_account`.
    pub fn orders_file(&self) -> String {
        let listed = self.orders.iter().filter(|order| order.order_type != 8);
        let listed: Vec<Value> =
            listed.map(|order| json!({ "order_id": order.id, "order_type": order.order_type })).collect();
        let mut lines = pages(&json!({ "limit": PAGE }), "order_list", listed);
        for order in &self.orders {
            lines.extend(match order.order_type {
                8 => self.union(order),
                _ => vec![self.single(order)],
            });
            for part in &order.parts {
                let accounts = part.listed.iter().map(
                    |(code, user, kind)| json!({ "active_code": code, "userid": user, "type": kind + 1 }),
                );
                lines.extend(pages(
                    &json!({ "order_id": part.id, "limit": PAGE }),
                    "account_list",
                    accounts.collect(),
                ));
            }
        }
        text(&lines)
    }

    /// Returns the accounts of an enterprise as `list_actived_account` lists them; those on which several codes were
    /// activated stand in [`WeCom::codes_file`].
    pub fn accounts_file(&self, enterprise: usize) -> String {
        let Enterprise { corp_id, accounts, .. } = &self.enterprises[enterprise];
        let single = accounts.iter().filter(|account| account.codes.len() == 1);
        let rows = single.map(|account| {
            let (active, expire) = account.codes[0];
            json!({
                "userid": account.user,
                "type": account.kind + 1,
                "active_time": active,
                "expire_time": expire,
            })
        });
        text(&pages(&json!({ "corpid": corp_id, "limit": PAGE }), "account_list", rows.collect()))
    }

    /// Returns what `batch_get_active_info_by_code` says of the codes of an enterprise that are not activated, are
    /// shared, or were activated on an account after another; `None` if there are none.
    pub fn codes_file(&self, enterprise: usize) -> Option<String> {
        let Enterprise { corp_id, payer, accounts, codes, shared, .. } = &self.enterprises[enterprise];
        let upstream = (*payer != enterprise).then(|| &self.enterprises[*payer].corp_id);
        let unbound = codes.iter().map(|code| {
            let mut info = json!({
                "active_code": code.id, "type": code.kind + 1, "status": 1, "userid": "",
                "create_time": code.created, "active_time": 0, "expire_time": 0,
            });
            if let Some(upstream) = upstream {
                info["share_info"] = json!({ "from_corpid": upstream });
            }
            info
        });
        let shared = shared.iter().map(|(id, to, kind, created)| {
            json!({
                "active_code": id, "type": kind + 1, "status": 6, "create_time": created,
                "share_info": { "to_corpid": self.enterprises[*to].corp_id },
            })
        });
        let stacked = accounts.iter().filter(|account| account.codes.len() > 1).flat_map(|account| {
            let last = account.codes.len() - 1;
            account.codes.iter().enumerate().map(move |(index, (active, expire))| {
                json!({
                    "active_code": format!("{}-{}-{index}", account.user, account.kind),
                    "type": account.kind + 1, "status": if index == last { 2 } else { 5 },
                    "userid": account.user, "create_time": active, "active_time": active, "expire_time": expire,
                })
            })
        });
        let all: Vec<Value> = unbound.chain(shared).chain(stacked).collect();
        let answer = |codes: &[Value]| {
            let response = json!({ "errcode": 0, "errmsg": "ok", "active_info_list": codes });
            json!({ "request": { "corpid": corp_id }, "response": response })
        };
        let answers: Vec<Value> = all.chunks(1000).map(answer).collect();
        (!answers.is_empty()).then(|| text(&answers))
    }

    fn single(&self, order: &Order) -> Value {
        let part = &order.parts[0];
        let mut inner = head(order);
        inner.as_object_mut().unwrap().extend(self.what(part));
        let response = json!({ "errcode": 0, "errmsg": "ok", "order": inner });
        json!({ "request": { "order_id": order.id }, "response": response })
    }

    /// Returns the pages of an order of several enterprises, two of them a page.
    fn union(&self, order: &Order) -> Vec<Value> {
        let parts = order.parts.iter().map(|part| {
            let mut of_part = json!({ "sub_order_id": part.id });
            of_part.as_object_mut().unwrap().extend(self.what(part));
            of_part
        });
        let mut pages = pages_of(2, &json!({ "order_id": order.id }), "buy_list", parts.collect());
        pages.iter_mut().for_each(|page| page["response"]["order"] = head(order));
        pages
    }

    /// Returns what a single order and a part of one have in common.
    fn what(&self, part: &OrderPart) -> serde_json::Map<String, Value> {
        let OrderPart { enterprise, counts: [basic, interop], duration, .. } = part;
        let what = json!({
            "corpid": self.enterprises[*enterprise].corp_id,
            "account_count": { "base_count": basic, "external_contact_count": interop },
            "account_duration": duration,
        });
        what.as_object().unwrap().clone()
    }
}

fn head(order: &Order) -> Value {
    json!({
        "order_id": order.id, "order_type": order.order_type, "order_status": 1, "price": order.price,
        "create_time": order.paid - 60, "pay_time": order.paid,
    })
}

fn pages(request: &Value, key: &str, entries: Vec<Value>) -> Vec<Value> {
    pages_of(PAGE, request, key, entries)
}

/// Returns the answers with a list in pages, at least one, each with its request.
fn pages_of(size: usize, request: &Value, key: &str, entries: Vec<Value>) -> Vec<Value> {
    let chunks: Vec<&[Value]> = if entries.is_empty() { vec![&[]] } else { entries.chunks(size).collect() };
    let last = chunks.len() - 1;
    let page = |(index, chunk): (usize, &&[Value])| {
        let mut request = request.clone();
        if index > 0 {
            request["cursor"] = json!(format!("C{index}"));
        }
        let next = if index < last { format!("C{}", index + 1) } else { String::new() };
        let mut response =
            json!({ "errcode": 0, "errmsg": "ok", "has_more": u8::from(index < last), "next_cursor": next });
        response[key] = json!(chunk);
        json!({ "request": request, "response": response })
    };
    chunks.iter().enumerate().map(page).collect()
}

fn text(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
