namespace LiveFace.Architecture.Tests.Circle.Upper
{
    /// <summary>Half of a circle of namespaces.</summary>
    internal interface IAbove;

    internal sealed class Above : IAbove
    {
        // Inside a lambda and a generic argument, where a use is easily missed.
        public Func<object> Make { get; } = () => new List<Lower.Below>();
    }
}

namespace LiveFace.Architecture.Tests.Circle.Lower
{
    /// <summary>The other half.</summary>
    internal sealed class Below
    {
        public static bool IsAbove(object other) => other is Upper.IAbove;
    }
}
