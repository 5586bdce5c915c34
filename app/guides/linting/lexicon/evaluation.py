"""Words that judge: those that load a question wherever they stand, and milder ones that only
lead where the question takes them for granted."""

from __future__ import annotations

from app.guides.linting.lexicon import conduct, words

LOADED_BAD = (
    words(
        """damning petty grudging hard-won ill-advised ill-conceived ill-judged wayward
    petty-minded nit-picking hair-splitting tight-fisted cash-strapped trigger-happy high-handed
    slapdash slipshod cack-handed panicky blinkered pig-headed
    cut-throat money-grabbing spineless half-asleep ham-fisted mickey-mouse bog-standard
    ludicrous preposterous abysmally-slow failed-again toxic mind-bending hare-brained gutless
    cheeky cosy cozy stingy half-hearted two-faced bossy smug snooty pompous greedy-looking
    grubby fishy iffy messed-up insulting outlandish laughably-bad pitiful miserable hopelessly-slow
    meagre meager paltry measly skimpy threadbare makeshift cobbled-together cookie-cutter
    one-sided back-breaking hair-raising scary creepy grotesque farcical pointless-seeming
    sleepy amateur flashy gaudy stale toothless spineless headless mindless shameless draconian
    bumpy rocky thorny nasty turbulent tortuous tiresome dismal feeble lame crude laughable
    amateurish half-hearted heavy-handed short-sighted narrow-minded bone-headed ancient
    creaking prehistoric rusty sorry-looking soulless faceless unfriendly unforgivable
    unhappy-making impossible insane crazy nightmare-like brutal savage harsh cruel heartless
    vague-as-ever mysterious suspicious dubious questionable murky sneaky cunning sly crafty
    cynical wretched hated loathed despised notorious infamous dodgy ropey scruffy shabby tatty
    rickety wobbly leaky porous bug-ridden bloody damned blasted confounded cursed doomed
    overloaded overworked understaffed overbearing overhyped overrated over-engineered oversold
    neglectful forgetful lazy complacent indifferent uncaring tone-deaf clueless helpless
    unqualified untrained unskilled untested unproven unfinished unpolished disorderly haphazard
    erratic inconsistent unpredictable fickle volatile ugly hideous ghastly grim gloomy bleak
    depressing demoralising demoralizing humiliating insulting offensive rude abrupt frosty icy
    stingy grasping usurious punitive crushing stifling suffocating paralysing paralyzing
    draining wearying nagging lingering stubbornly-slow glacial snail-like snail-paced lumbering
    plodding dragging protracted interminable drawn-out painful agonising agonizing outdated
    antiquated archaic obsolete clunky terrible awful horrible horrendous dreadful appalling
    abysmal atrocious nightmarish disastrous catastrophic chaotic messy ridiculous absurd
    outrageous unreasonable unfair unacceptable inferior mediocre shoddy sloppy substandard
    subpar poor overpriced extortionate exorbitant bloated sluggish cumbersome tedious laborious
    annoying infuriating maddening frustrating disappointing embarrassing wasteful inefficient
    ineffective useless pointless hopeless inadequate unreliable unstable buggy broken lousy
    pathetic stupid silly incompetent careless reckless aggressive pushy arrogant dismissive
    unprofessional unresponsive unhelpful misleading deceptive shady greedy ruthless rigid
    stubborn backward primitive patchy shaky flaky creaky ageing aging ailing crippling
    excruciating gruelling grueling punishing stressful exhausting dire woeful inept
    bureaucratic labyrinthine byzantine convoluted overcomplicated overly-complex confusing
    excessive needless unnecessary risky dangerous time-consuming error-prone old-fashioned
    slow-moving long-winded second-rate third-rate half-baked never-ending endless burdensome
    onerous troublesome problematic rubbish crappy disgraceful shocking scandalous unwieldy
    unbearable intolerable toxic soul-destroying mind-numbing manual-heavy inflated steep hefty
    eye-watering unjustified unfortunate regrettable botched disjointed fragmented insufficient
    lacklustre lackluster underwhelming dated neglected abrasive cold-hearted evasive hostile
    clumsy dysfunctional flawed ill-fated fiddly"""
    )
    | conduct.CONDUCT_BAD
)
LOADED_GOOD = (
    words(
        """heroic gallant valiant tireless unflagging whip-smart crystal-clear silky-smooth
    buttery-smooth super-smooth rave top-class tip-top ace-high unerring
    painless effortless flawless faultless impeccable immaculate pristine masterly magnificent
    glorious sensational spectacular dazzling breathtaking mind-blowing jaw-dropping eye-opening
    game-winning prize-winning highly-rated top-rated five-star gold-standard unmissable
    irresistible must-have legendary iconic visionary pioneering trailblazing forward-thinking
    future-proof bulletproof foolproof watertight snappy zippy nimble vibrant thriving gorgeous
    charming delicious tasty refreshing inspiring uplifting heart-warming thoughtful caring
    generous-hearted world-leading leading-edge tailor-made handcrafted peerless matchless
    second-to-none bar-none supreme ultimate extraordinary fabulous awesome neat nifty
    handy-dandy super-fast superfast ultra-fast blazing rapid-fire speedy unbelievable
    astonishing astounding amazing-looking great excellent amazing fantastic wonderful brilliant
    superb outstanding superior exceptional remarkable incredible impressive innovative
    revolutionary groundbreaking game-changing cutting-edge state-of-the-art world-class
    best-in-class industry-leading market-leading award-winning seamless frictionless intuitive
    user-friendly delightful generous unbeatable unmatched unrivalled unrivaled unparalleled
    stellar first-rate first-class top-notch smart clever elegant powerful robust trusted proven
    renowned attractive compelling competitive affordable cost-effective best-of-breed
    next-generation next-gen modern sleek slick hassle-free lightning-fast rock-solid reliable
    dedicated responsive exciting super stunning terrific marvellous marvelous splendid
    phenomenal beautiful lovely rich unique easy-to-use easy-to-follow transparent
    friendly-faced much-loved well-known beloved famous valuable time-saving money-saving
    comprehensive"""
    )
    | conduct.CONDUCT_GOOD
)
MILD_BAD = words(
    """riskier clumsier uglier poorer longer-winded bad worse worst slow slower slowest difficult
    harder hardest hard expensive dearer pricey costly high higher late delayed weak weaker
    complex complicated limited old heavy wrong confused frustrated disappointed unhappy
    dissatisfied worried annoyed angry upset nervous concerned reluctant hesitant sceptical
    skeptical afraid anxious stressed tired fed-up stuck sorry dull boring lacking thin rough
    ugly cheap tough tight unclear vague missing negative irritated uncomfortable disorganised
    disorganized lost overwhelmed misled dissatisfying unsure uneasy alarmed burdened bothered
    fragile pressured rushed"""
)
MILD_GOOD = words(
    """good better best fast faster fastest quick quicker easy easier easiest simple simpler clear
    clearer happy happier pleased glad satisfied delighted impressed excited comfortable
    confident useful helpful valuable strong stronger strongest smooth smoother nice fair
    cheaper safe safer safest positive convenient efficient effective thorough professional
    friendly successful grateful thrilled relieved keen eager convinced appealing flexible
    superior-fit big-hearted enjoyable perfect ideal right thankful proud"""
)
DEGREE = words(
    """lower shorter longer larger smaller deeper wider newer older bigger earlier
    long short big small large much many often soon far early likely important different similar
    new recent open close common certain sure able willing ready available main major key
    critical essential crucial significant urgent relevant visible serious current previous
    usual normal actual real own possible likely unlikely necessary whole final initial early"""
)
ADJECTIVES = (LOADED_BAD | LOADED_GOOD | MILD_BAD | MILD_GOOD | DEGREE) - words(
    """more most much many few less least late right often far soon long best worst better worse
    well lost"""
)

LOADED_NOUNS = words(
    """mania leech mammoth cowboy crook horror horrors nit-picking hair-splitting hostage rush-job
    bloodsucker bloodsuckers vultures dead-weight rabbit-hole charade pantomime wild-goose-chase
    sticking-plaster band-aid pipe-dream guesswork stinginess pettiness meanness high-handedness
    cheek stubbornness laziness sloppy-work secrecy dishonesty favouritism favoritism stupidity
    clumsiness slowness rudeness ignorance indifference neglect botch-job patchiness chaos-filled
    mess-up bureaucrats penpushers amateurs bullies clowns fools clunker albatross millstone stumble
    bother aggravation hell-hole swamp bog mire morass tangle muddle shambolics cock-up screw-up
    foul-up mix-up let-down letdown flop washout trauma torment tedium slog treadmill uproar
    outrage scandal embarrassment humiliation insult betrayal sabotage meddling interference
    foot-dragging dithering dawdling stonewalling nonsense hype fluff puffery cheapskate
    cheapskates crook crooks cowboys genius triumph breeze delight bliss heaven marvel sparkle
    nightmare nightmares mess chaos disaster disasters fiasco debacle catastrophe hell misery
    agony torture rip-off ripoff scam joke shambles headache headaches hassle hassles burden
    burdens excuse excuses incompetence negligence arrogance greed fiascos blunder blunders
    sloppiness folly monopoly shortcomings flaws drudgery ordeal ordeals horror circus farce
    abuse dinosaur dinosaurs beast relic relics monster money-pit black-hole white-elephant
    minefield maze rollercoaster zoo jungle graveyard train-wreck car-crash dead-end hodgepodge
    patchwork quagmire bloodbath dud lemon crap garbage junk rubbish bribe trick gimmick
    gimmicks overkill sham godsend lifesaver life-saver blessing miracle gem jewel hero heroes
    game-changer gamechanger masterpiece bargain struggle struggles suffering bureaucracy
    red-tape bottleneck bottlenecks inefficiency inefficiencies"""
) | (conduct.BAD_NOUNS | conduct.GOOD_NOUNS)
LOADED_VERBS = words(
    """hog escape chicken cave nit-pick bodge skimp stint scrimp bulldoze steamroll blindside
    short-change hoodwink lumber sandbag wangle weasel scramble dawdle dither snooze flounder
    ditch dump scrap jettison axe slash gouge fleece squeeze strangle suffocate stifle cram
    foist lumber palm_off fob pester hound nag bully browbeat harass coerce hoodwink fool dupe
    lure snare ensnare entice seduce bamboozle stonewall ghost snub mislay bungle muddle mangle
    butcher slog trudge wade limp languish fester moan whine grumble rave gush shine soar thrive
    flourish trounce crush outclass outshine suffer struggle endure plague cripple botch
    sabotage ruin wreck fumble badger bombard mislead deceive cheat neglect grapple wrestle
    juggle betray mistreat swindle dazzle wow delight trap saddle burden inflict hobble
    mishandle squander rip force tolerate waste overcharge haunt torment hamper"""
) | (conduct.BAD_DEEDS | conduct.GOOD_DEEDS)
PROBLEM_NOUNS = words(
    """failure failures irregularities faults defects inconsistencies discrepancies
    misunderstandings surprises quarrels tensions conflicts workaround workarounds compromise
    compromises sacrifice sacrifices concessions pitfall pitfalls problem problems issue issues
    difficulty difficulties challenge challenges frustration frustrations complaint complaints
    concern concerns worry worries doubt doubts fear fears pain pains pain-point pain-points
    obstacle obstacles barrier barriers trouble troubles disappointment disappointments mistake
    mistakes error errors delay delays gap gaps drawback drawbacks limitation limitations regret
    regrets reservation reservations hurdle hurdles objection objections downside downsides
    annoyance annoyances irritation irritations setback setbacks breakdown breakdowns friction
    weakness weaknesses flaw flaws shortcomings bug bugs outage outages disruption disruptions
    losses loss failing failings stumbling_block hiccups"""
)
GAIN_NOUNS = words(
    """benefit benefits advantage advantages saving savings improvement improvements value gain
    gains success successes strength strengths upside upsides win wins efficiencies efficiency
    productivity return returns payoff progress boost relief peace confidence ease simplicity
    convenience joy delight satisfaction excitement pleasure pride"""
)
GRANTING_VERBS = words(
    """sacrifice blame hide justify grumble complain lack fear oppose object hesitate resist forgive
    excuse overlook neglect forgo forego underestimate overestimate ignore spoil miss_out
    compromise backfire disagree quarrel argue_over annoy bug irk upset puzzle baffle
    benefit profit appreciate envy admire trust distrust resent dread struggle lag
    irritate deter repel dissuade discourage tempt lure scare exaggerate conceal cheat
    postpone_again shirk dodge evade mishear misjudge mistreat misunderstand misread"""
) - words("trust appreciate admire benefit profit scare tempt deter lure")
"""Verbs that grant what they say: 'what did you sacrifice' says that something was."""

IMPROVING_VERBS = words(
    """surpass beat outdo outperform excel improve help benefit save simplify streamline speed ease
    boost transform enhance accelerate reduce solve fix impress delight enable empower
    strengthen win_over reassure exceed increase lighten smooth free unlock revolutionise
    revolutionize modernise modernize cut fulfil relieve please"""
)
HARMING_VERBS = words(
    """hurt harm damage frustrate annoy irritate disappoint confuse delay block fail worsen hinder
    anger upset disrupt bother scare frighten alarm slow undermine break lose cost hamper
    complicate burden mislead stall discourage put_off deter unsettle worry"""
)
