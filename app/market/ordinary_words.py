"""Everyday words that companies and products are called by. Pure.

A name that is such a word is taken for the name only where it is written like one: 'Notion', and
not 'every notion'.
"""

from __future__ import annotations


def set_of(words: str) -> frozenset[str]:
    """The words of a line, parted by spaces."""
    return frozenset(words.split())


ORDINARY = set_of(
    """
    access ace acorn act adapt advance agile air alert align alpha amber amplitude anchor anvil
    apex apple apply arc arrow ascend asset assist atlas attentive aurora autopilot balance bamboo
    base basecamp basis beacon bill blend block bloom board bolt bond boost border bounce box
    brass breeze bridge bright brush buffer build bullhorn canvas capsule captain carbon cargo
    chime chorus circle clarity clear click close cloud clover cluster coach coast code common
    compass concord confluence connect copper core craft crisp current dash data deal deed deep
    delta dialog direct discourse discover drift drive drop dust eagle echo edge elastic element
    elevate ember engage envoy epic essence even evolve expensify explore factor fathom fastly
    field fivetran flare flash fleet flow flux focus forge form found frame freight fresh front
    fuse gain gate gather gem glean glide globe gong grain graph grid groove ground grow guide
    guru gusto harvest haven heap help highlight hive honey horizon hub ideal impact indeed
    infinity insight inspire instant integral intercom iris ivy jet join journey jump keen key
    kit lattice launch leaf lean ledger level lever lift light lightning line linear link list
    live loft logic loom loop lucid lumen magnet maple mark match matter maven mercury merge mesh
    meta method metric mint mirror mission mode moment momentum motion mural navigator nest
    network nexus noble north note notion nova oak oasis object onyx open optimum oracle orbit
    order origin outreach oyster pace palette parcel partner path peak pendulum people pilot pipe
    pipeline pitch pivot pixel plain planet platform playbook pocket point polar port portal post
    power precise prime prism procure profit promise proof pulse pure quartz quest quick quiver
    radar rain ramp range rapid reach ready reason record reflect relay remote retain ring rise
    river rocket root round route runway safe sage sail scale scope scout seal segment sense
    sentry shape share shift shore signal simple site sketch slack slate smart snowflake solid
    source spark speed sphere spin splash spring sprout square stack stage stellar stitch stone
    storm stream stride stripe studio summit surface swift switch target teams tempo thread thrive
    tide tonic torch total touch tower trace track trail trust turbine umbrella unify union unite
    unity upland uplift vantage vault vector venture verge verse vessel vista vital wave wing wise
    wonder word work workday yard zenith zero zest zone zoom
    """
)

#: Days and months: written with a capital whoever means the day.
DAYS = set_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december"
)
