using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace LiveFace.Architecture.Tests;

/// <summary>Which namespace of an assembly uses which, and by which types, as its compiled code has it.</summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> _uses = new(StringComparer.Ordinal);

    private NamespaceGraph()
    {
    }

    public IReadOnlyCollection<string> Namespaces => _uses.Keys;

    public static NamespaceGraph Read(Assembly assembly)
    {
        var graph = new NamespaceGraph();
        var prefix = typeof(Projects).Assembly == assembly ? typeof(Projects).Namespace! : "LiveFace";
        foreach (var type in new ArchLoader().LoadAssembly(assembly).Build().Types)
        {
            if (OutermostOf(type, prefix) is not { } user)
                continue;
            graph.UsesOf(user.Namespace);
            foreach (var target in type.Dependencies.SelectMany(TargetsOf))
            {
                if (OutermostOf(target, prefix) is { } used && IsOf(target, assembly) && used.Namespace != user.Namespace)
                    graph.Add(user, used);
            }
        }

        return graph;
    }

    /// <summary>A text for each group of namespaces that reach one another, with the uses that make it one.</summary>
    public IEnumerable<string> Circles()
    {
        var reach = _uses.Keys.ToDictionary(name => name, Reach);
        var seen = new HashSet<string>();
        foreach (var name in _uses.Keys)
        {
            var circle = reach[name].Where(other => reach[other].Contains(name)).Append(name).ToHashSet();
            if (circle.Count < 2 || !seen.Add(string.Join(' ', circle.Order(StringComparer.Ordinal))))
                continue;
            yield return string.Join('\n', circle.Order(StringComparer.Ordinal).SelectMany(from => UsesOf(from)
                .Where(use => circle.Contains(use.Key))
                .Select(use => $"{from} -> {use.Key}: {string.Join(", ", use.Value)}")));
        }
    }

    private HashSet<string> Reach(string from)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            foreach (var next in UsesOf(name).Keys.Where(reached.Add))
                open.Push(next);
        }

        return reached;
    }

    private void Add((string Namespace, string Name) user, (string Namespace, string Name) used)
    {
        UsesOf(used.Namespace);
        var by = UsesOf(user.Namespace);
        if (!by.TryGetValue(used.Namespace, out var types))
            by[used.Namespace] = types = new(StringComparer.Ordinal);
        types.Add($"{user.Name} uses {used.Name}");
    }

    private SortedDictionary<string, SortedSet<string>> UsesOf(string name)
    {
        if (!_uses.TryGetValue(name, out var uses))
            _uses[name] = uses = new(StringComparer.Ordinal);
        return uses;
    }

    private static IEnumerable<IType> TargetsOf(ITypeDependency dependency) =>
        dependency.TargetGenericArguments.SelectMany(Within).Prepend(dependency.Target);

    private static IEnumerable<IType> Within(GenericArgument argument) =>
        argument.GenericArguments.SelectMany(Within).Prepend(argument.Type);

    private static bool IsOf(IType type, Assembly assembly) => type.Assembly.FullName == assembly.FullName;

    /// <summary>Namespace and name of the type, or of the one that it is nested in; null for what the compiler adds of its own.</summary>
    private static (string Namespace, string Name)? OutermostOf(IType type, string prefix)
    {
        var name = type.FullName;
        var end = name.IndexOfAny(['+', '/', '`', '<', '[', '&', '*']);
        if (end >= 0)
            name = name[..end];
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.StartsWith(prefix, StringComparison.Ordinal) ? (name[..dot], name[(dot + 1)..]) : null;
    }
}
