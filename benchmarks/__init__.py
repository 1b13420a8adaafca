"""Programs that measure: accuracy, speed, memory, bytes. Run each with --help. Results are in docs/benchmarks.md.

The time each takes is an order of magnitude, for 2 cores and everything it measures when told nothing else. Where there
is a `--quick`, it takes a minute at most.

    accuracy          published and leak-free figures, beside the baselines          hours
    dp_accuracy       accuracy by epsilon under user-level differential privacy      up to an hour
    dp_users          the same by the number of users, on made-up data               a quarter of an hour
    dp_variants       other ways to spend the same budget, one process               half an hour
    compression       accuracy by bits of a value and share of the items sent        a quarter of an hour
    rounds_to_quality accuracy by round for the server's optimisers, beside iALS     half an hour
    tune_models       a federated model's settings, chosen on validation items       minutes; hours on ML-1M
    tune_baselines    a baseline's settings, chosen on validation items              minutes; hours on Amazon-Video
    leak              the leak of the published protocol, without any model            seconds
    speed             a round and an evaluation; memory and bytes                    minutes
    lists             one user's list, cold and warm, and everybody's                minutes
    serving           lists over HTTP at 200 requests a second                       a minute
    parties           a round, the start and memory by the number of parties         minutes
    local_step        the local step of FCF beside the library implicit              a minute
    profile_round     where a round goes                                             minutes
    distributed       a round, the start and bytes between organisations             minutes
    aggregation_cost  what each aggregator costs a round                             minutes
    masking_growth    a masked sum at one party and the server, 2 to 32 parties      a minute
    sizing            memory, disk and bytes of a member by the catalogue            minutes
    killed_in_a_sum   a party killed in a sum: what the server received of it        minutes
    forgetting        rounds until nothing of a forgotten user is left               half an hour
    lone_items        what a sum says of items that one party or user has            minutes
    scale             a round at 1, 3 and 10 million interactions                    up to an hour
    startup           help, the window, the first round cold and warm                a minute
    responsiveness    how long the window does not answer while a run trains         minutes
    import_speed      a table of 10 million rows becomes a data set                  a minute
    plots             pictures of what parties and scale measured                    seconds
"""
