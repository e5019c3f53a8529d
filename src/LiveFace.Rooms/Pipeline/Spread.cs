namespace LiveFace.Rooms.Pipeline;


/// <summary>Milliseconds over the last seconds.</summary>
public readonly record struct Spread(double P50, double P95);
