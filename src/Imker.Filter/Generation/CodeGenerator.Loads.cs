using Imker.Bytecode.Classic;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private enum LoadSize : ushort
    {
        Word = 0x00,
        Half = 0x08,
        Byte = 0x10,
    }

    private static ushort Absolute(LoadSize size) => (ushort)(ClassicOpcode.LoadAbsoluteWord | (ushort)size);

    private static ushort Indirect(LoadSize size) => (ushort)(ClassicOpcode.LoadIndirectWord | (ushort)size);

    /// <summary>Loads a field of a header into A.</summary>
    private StatementList Load(OffsetBase from, uint offset, LoadSize size) => from switch
    {
        OffsetBase.Packet => new StatementList(Absolute(size), offset),
        OffsetBase.LinkHeader => Load(ref linkHeader, offset, size),
        OffsetBase.OuterLinkHeader => Load(ref outerLinkHeader, offset, size),
        OffsetBase.LinkType => Load(ref linkTypeField, offset, size),
        OffsetBase.Llc => Load(ref linkPayload, offset, size),
        OffsetBase.OuterMpls => Load(ref linkPayload, networkOffset - 4 + offset, size),
        OffsetBase.Network => Load(ref linkPayload, networkOffset + offset, size),
        OffsetBase.NetworkWithoutSnap => Load(ref linkPayload, networkOffsetWithoutSnap + offset, size),
        OffsetBase.TransportOverIp4 => LoadHeaderLengthIntoX().Then(Indirect(size), linkPayload.Constant + networkOffset + offset),
        _ => Load(ref linkPayload, networkOffset + Ip6HeaderLength + offset, size),
    };

    private StatementList Load(ref AbsoluteOffset header, uint offset, LoadSize size) => LoadVariablePartIntoX(ref header) is { } code
        ? code.Then(Indirect(size), header.Constant + offset)
        : new StatementList(Absolute(size), header.Constant + offset);

    /// <summary>Loads what a header's offset has of a variable part into X, and gives it a cell if it has none yet; null when there is no such part.</summary>
    private StatementList? LoadVariablePartIntoX(ref AbsoluteOffset offset)
    {
        if (!offset.IsVariable)
            return null;
        if (offset.Cell < 0)
            offset.Cell = TakeCell();
        return new StatementList(ClassicOpcode.LoadIndexCell, (uint)offset.Cell);
    }

    /// <summary>Loads into X the length of the IPv4 header and the variable part of the payload's offset.</summary>
    private StatementList LoadHeaderLengthIntoX()
    {
        uint header = linkPayload.Constant + networkOffset;
        return LoadVariablePartIntoX(ref linkPayload) is { } code
            ? code.Then(ClassicOpcode.LoadIndirectByte, header)
                .Then(ClassicOpcode.And, 0xf)
                .Then(ClassicOpcode.ShiftLeft, 2)
                .Then(ClassicOpcode.AddX)
                .Then(ClassicOpcode.IndexFromAccumulator)
            : new StatementList(ClassicOpcode.LoadIndexHeaderLength, header);
    }

    private Condition Test(StatementList code, ushort jump, uint k)
    {
        blockCount++;
        return new Condition(new FilterBlock(new FilterStatement(jump, k)) { Statements = code });
    }

    private Condition Always() => Test(new StatementList(ClassicOpcode.LoadImmediate), ClassicOpcode.JumpEqual, 0);

    private Condition Never() => Test(new StatementList(ClassicOpcode.LoadImmediate, 1), ClassicOpcode.JumpEqual, 0);

    private Condition Equal(OffsetBase from, uint offset, LoadSize size, uint value) => Compare(from, offset, size, uint.MaxValue, ClassicOpcode.JumpEqual, value);

    private Condition Masked(OffsetBase from, uint offset, LoadSize size, uint value, uint mask) => Compare(from, offset, size, mask, ClassicOpcode.JumpEqual, value);

    private Condition Greater(OffsetBase from, uint offset, LoadSize size, uint value) => Compare(from, offset, size, uint.MaxValue, ClassicOpcode.JumpGreater, value);

    private Condition HasBits(OffsetBase from, uint offset, uint bits) => Test(Load(from, offset, LoadSize.Byte), ClassicOpcode.JumpSet, bits);

    private Condition Compare(OffsetBase from, uint offset, LoadSize size, uint mask, ushort jump, uint value)
    {
        StatementList code = Load(from, offset, size);
        if (mask != uint.MaxValue)
            code.Then(ClassicOpcode.And, mask);
        return Test(code, jump, value);
    }

    /// <summary>Compares several bytes, the last first, as many at once as can be.</summary>
    private Condition EqualBytes(OffsetBase from, uint offset, ReadOnlySpan<byte> bytes)
    {
        Condition? all = null;
        while (!bytes.IsEmpty)
        {
            int length = bytes.Length >= 4 ? 4 : bytes.Length >= 2 ? 2 : 1;
            int start = bytes.Length - length;
            uint value = 0;
            foreach (byte b in bytes[start..])
                value = value << 8 | b;
            LoadSize size = length == 4 ? LoadSize.Word : length == 2 ? LoadSize.Half : LoadSize.Byte;
            Condition part = Equal(from, offset + (uint)start, size, value);
            all = all is null ? part : Condition.And(all, part);
            bytes = bytes[..start];
        }
        return all!;
    }

    private Condition EqualAddress(OffsetBase from, uint offset, Syntax.EtherAddress address) =>
        Condition.And(Equal(from, offset + 2, LoadSize.Word, address.Low), Equal(from, offset, LoadSize.Half, address.High));
}
