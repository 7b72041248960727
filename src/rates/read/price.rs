use super::facts::FactRefs;
use crate::account::PerType;
use crate::document::Field;
use crate::rates::keys::{DraftCard, DraftNegotiated, DraftTier, SourcedPrice};
use crate::rates::tiers::Edges;
use crate::rates::{NegotiatedAccounts, Tier, TierPrice};

/// Returns the tiers that are valid in themselves.
pub(super) fn read_tiers(card: &DraftCard<'_>, refs: &FactRefs<'_>) -> Vec<Tier> {
    card.tier.items().iter().filter_map(|tier| read_tier(tier, refs)).collect()
}

fn read_tier(tier: &DraftTier<'_>, refs: &FactRefs<'_>) -> Option<Tier> {
    let facts = refs.read(&tier.facts);
    let price = |price: &Field<SourcedPrice<'_>>| {
        let price = price.value()?;
        Some(TierPrice { price: price.price, facts: refs.read(&price.facts) })
    };
    let (basic, interop) = (price(&tier.basic), price(&tier.interop));
    let edges = Edges::of(tier)?;
    Some(Tier {
        from: edges.from.value,
        to: edges.end(),
        price: PerType { basic: basic?, interop: interop? },
        facts,
    })
}

pub(super) fn read_negotiated(
    negotiated: &DraftNegotiated<'_>,
    refs: &FactRefs<'_>,
) -> Option<NegotiatedAccounts> {
    let facts = refs.read(&negotiated.facts);
    Some(NegotiatedAccounts { from: *negotiated.from.value()?, facts })
}
