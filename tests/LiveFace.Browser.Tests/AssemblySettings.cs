// Two browsers and a server at a time are enough for two cores: more would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
