using System.Collections.Immutable;

namespace Imker.Bytecode;

/// <summary>A helper as the kernel's verifier sees it (<c>struct bpf_func_proto</c>).</summary>
public sealed class HelperPrototype
{
    internal HelperPrototype(
        HelperId id, string name, Version since, HelperReturn @return, ImmutableArray<HelperArgument> arguments,
        bool gplOnly = false, bool maySleep = false)
    {
        Id = id;
        Name = name;
        Since = since;
        Return = @return;
        Arguments = arguments;
        GplOnly = gplOnly;
        MaySleep = maySleep;
    }

    public HelperId Id { get; }

    /// <summary>With its prefix, such as <c>bpf_map_lookup_elem</c>.</summary>
    public string Name { get; }

    /// <summary>The kernel that brought it.</summary>
    public Version Since { get; }

    public HelperReturn Return { get; }

    /// <summary>What R1 to R5 hold, as many as it takes.</summary>
    public ImmutableArray<HelperArgument> Arguments { get; }

    /// <summary>Only for programs under a licence compatible with the GPL.</summary>
    public bool GplOnly { get; }

    /// <summary>Only for programs that may sleep.</summary>
    public bool MaySleep { get; }

    /// <summary>Whether it runs code of the program before it returns, or later.</summary>
    public bool TakesCallback => Arguments.Any(argument => argument.Kind == HelperArgumentKind.Callback);

    public override string ToString() => $"{Name}({string.Join(", ", Arguments.Select(argument => argument.Name))})";
}
