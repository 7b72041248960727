use super::facts::FactRefs;
use crate::account::PerType;
use crate::document::Field;
use crate::rates::keys::{
    DraftAccumulation, DraftCard, DraftNegotiated, DraftRounding, DraftTier, RenewalStart, RoundedOncePer,
    RoundedTo, RoundingMode, SourcedPrice,
};
use crate::rates::tiers::Edges;
use crate::rates::{Accumulation, NegotiatedAccounts, Start, Tier, TierPrice};

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

/// Returns the facts behind the one way of rounding that there is so far.
pub(super) fn read_rounding(rounding: &DraftRounding<'_>, refs: &FactRefs<'_>) -> Option<Vec<String>> {
    let facts = refs.read(&rounding.facts);
    let (RoundedOncePer::Order, RoundedTo::Fen) = (rounding.once_per.value()?, rounding.to.value()?);
    let RoundingMode::HalfUp = rounding.mode.value()?;
    Some(facts)
}

pub(super) fn read_accumulation(
    accumulation: &DraftAccumulation<'_>,
    refs: &FactRefs<'_>,
) -> Option<Accumulation> {
    let new_purchase_facts = refs.read(&accumulation.new_purchase_facts);
    let renewal_facts = refs.read(&accumulation.renewal_facts);
    let renewal = match accumulation.renewal.value()? {
        RenewalStart::FromZero => Start::FromZero,
    };
    Some(Accumulation {
        new_purchase: *accumulation.new_purchase.value()?,
        new_purchase_facts,
        renewal,
        renewal_facts,
    })
}
