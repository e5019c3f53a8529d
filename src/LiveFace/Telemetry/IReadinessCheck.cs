namespace LiveFace.Telemetry;

/// <summary>Something that must hold before the server should be sent clients. Cheap: it is asked every few seconds.</summary>
internal interface IReadinessCheck
{
    string Name { get; }

    /// <summary>Null when all is well, else what is wrong.</summary>
    string? Problem();

    /// <summary>What an operator should know although the server may be sent clients; null when there is nothing.</summary>
    string? Note() => null;
}
