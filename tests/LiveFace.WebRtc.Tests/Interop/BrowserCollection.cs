namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>Browsers run one at a time and with nothing beside them: they are heavy, and timings are read.</summary>
[CollectionDefinition("Browsers", DisableParallelization = true)]
public sealed class BrowserCollection;
