using System.Buffers.Binary;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// A table of functions as this kernel lays it out: in its BTF a struct <c>bpf_struct_ops_NAME</c> wraps each struct that programs may
/// fill in.
/// </summary>
internal sealed class StructOpsTable
{
    private const MapFlags FlagLink = (MapFlags)(1 << 13);
    private const string Wrapper = "bpf_struct_ops_";

    private readonly MapSpec spec;
    private readonly BtfType own, kernel, wrapper;
    private readonly int start;

    private StructOpsTable(MapSpec spec, BtfType own, BtfType wrapper, BtfMember data)
    {
        this.spec = spec;
        this.own = own;
        this.wrapper = wrapper;
        kernel = data.Type.SkipModifiers();
        start = (int)(data.BitOffset / 8);
    }

    /// <param name="spec">The blueprint of the table's map.</param>
    /// <param name="types">The object's types.</param>
    /// <exception cref="BpfException">This kernel has no such table.</exception>
    internal static StructOpsTable Of(MapSpec spec, BtfFile types)
    {
        BtfType own = types[spec.StructOps!.TypeId].SkipModifiers();
        string name = own.Name.Split("___")[0];
        if (KernelBtfFile.Types is not { } kernel || !kernel.TryFind(BtfKind.Struct, Wrapper + name, out BtfType wrapper)
            || !kernel.TryFindMember(wrapper, "data", out _))
            throw Failure(spec, $"this kernel lets no program fill in a struct '{name}': its type information has no '{Wrapper}{name}'");
        return new StructOpsTable(spec, own, wrapper, wrapper.Members.First(member => member.Name == "data"));
    }

    /// <summary>The struct that programs are typed by.</summary>
    internal uint TypeId => kernel.Id;

    /// <summary>What the map is made with.</summary>
    internal MapParameters Parameters(BtfHandle? btf) => new(MapType.StructOps, sizeof(int), (int)wrapper.Size, 1)
    {
        Name = spec.Name,
        Flags = spec.Flags | (spec.StructOps!.NeedsLink ? FlagLink : MapFlags.None),
        Btf = btf,
        BtfKernelValueType = wrapper.Id,
    };

    /// <summary>The number of the member that a program is for, which stands where other programs have their attach type.</summary>
    internal int MemberOf(StructOpsFunction function) => Match(own.Members.First(member => member.BitOffset == 8u * (uint)function.Offset)).Index;

    /// <summary>The table's value, with programs for its pointers.</summary>
    /// <exception cref="BpfException">A member that is set is not there in this kernel, or is another.</exception>
    internal byte[] Value(IReadOnlyDictionary<string, KernelProgram> programs)
    {
        byte[] value = new byte[wrapper.Size];
        foreach (BtfMember member in own.Members)
        {
            int at = (int)(member.BitOffset / 8);
            StructOpsFunction function = spec.StructOps!.Functions.FirstOrDefault(function => function.Offset == at && function.Program is not null);
            if (function.Program is not null)
                BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(start + Offset(Match(member))), DescriptorOf(function.Program, programs));
            else
                Copy(member, at, value);
        }
        return value;
    }

    private ulong DescriptorOf(string program, IReadOnlyDictionary<string, KernelProgram> programs) =>
        programs.TryGetValue(program, out KernelProgram? loaded)
            ? (ulong)loaded.Descriptor.DangerousGetHandle()
            : throw Failure(spec, $"its program '{program}' is not loaded: it is loaded on request only");

    private void Copy(BtfMember member, int at, byte[] value)
    {
        if (!own.Owner.TryGetSize(member.Type, out ulong size) || at + (int)size > spec.Contents.Length)
            throw Failure(spec, $"its member '{member.Name}' has no size");
        ReadOnlySpan<byte> bytes = spec.Contents.Span.Slice(at, (int)size);
        if (!bytes.ContainsAnyExcept((byte)0))
            return;
        BtfMember there = Match(member);
        if (member.BitfieldSize != 0 || !kernel.Owner.TryGetSize(there.Type, out ulong known) || known != size)
            throw Failure(spec, $"its member '{member.Name}' has {size} bytes, and another size in this kernel");
        bytes.CopyTo(value.AsSpan(start + Offset(there)));
    }

    private BtfMember Match(BtfMember member)
    {
        foreach (BtfMember there in kernel.Members)
        {
            if (there.NameBytes.SequenceEqual(member.NameBytes))
                return there;
        }
        throw Failure(spec, $"struct '{kernel.Name}' of this kernel has no member '{member.Name}'");
    }

    private static int Offset(BtfMember member) => (int)(member.BitOffset / 8);

    private static BpfException Failure(MapSpec spec, string problem) =>
        new($"load the table '{spec.Name}'", "BPF_MAP_CREATE", Errno.NotSupportedInside, problem);
}
