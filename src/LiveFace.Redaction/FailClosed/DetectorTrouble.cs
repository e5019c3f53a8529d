namespace LiveFace.Redaction.FailClosed;

/// <summary>What is wrong with a model.</summary>
internal enum DetectorTrouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It threw, or gave something that is not a number.</summary>
    Failing,

    /// <summary>It is not there: no file, refused at load, or not known.</summary>
    Missing,
}
