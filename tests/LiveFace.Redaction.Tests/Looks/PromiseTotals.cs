namespace LiveFace.Redaction.Tests.Looks;

/// <summary>What became of a run.</summary>
internal sealed record PromiseTotals
{
    public int Covered { get; set; }

    public int Shown { get; set; }

    public int PartlyHidden { get; set; }

    public long ShownCells { get; set; }

    public long HeldCells { get; set; }

    public void Add(PromiseTotals other)
    {
        Covered += other.Covered;
        Shown += other.Shown;
        PartlyHidden += other.PartlyHidden;
        ShownCells += other.ShownCells;
        HeldCells += other.HeldCells;
    }
}
