namespace LiveFace.WebRtc.Tests;

/// <summary>Tests that run one at a time with nothing beside them: browsers are heavy, and memory is counted.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
