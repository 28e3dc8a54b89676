namespace Imker.Linux;

/// <summary>A function of the kernel as <c>/proc/kallsyms</c> lists it.</summary>
internal readonly ref struct FunctionLine(ulong address, ReadOnlySpan<byte> name)
{
    /// <summary>0 where the kernel hides addresses.</summary>
    internal ulong Address { get; } = address;

    /// <summary>Without the module.</summary>
    internal ReadOnlySpan<byte> Name { get; } = name;
}
