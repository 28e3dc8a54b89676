using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private Number Compute(ArithmeticSyntax syntax) => syntax switch
    {
        NumberSyntax number => Constant(number.Value),
        PacketLengthSyntax => Stored(new StatementList(ClassicOpcode.LoadLength)),
        PacketBytesSyntax bytes => PacketBytes(bytes),
        NegationSyntax negation => Negate(Compute(negation.Operand)),
        BinarySyntax binary => Combine(binary),
        _ => throw new InvalidOperationException($"A filter holds no {syntax.GetType().Name}."),
    };

    private Number Stored(StatementList code)
    {
        int cell = TakeCell();
        return new Number(code.Then(ClassicOpcode.Store, (uint)cell), cell);
    }

    private Number Constant(uint value)
    {
        int cell = TakeCell();
        return new Number(new StatementList(ClassicOpcode.LoadImmediate, value).Then(ClassicOpcode.Store, (uint)cell), cell) { Constant = value };
    }

    private static Number Negate(Number number)
    {
        number.Code.Then(ClassicOpcode.LoadCell, (uint)number.Cell).Then(ClassicOpcode.Negate).Then(ClassicOpcode.Store, (uint)number.Cell);
        return number;
    }

    private Number Combine(BinarySyntax syntax)
    {
        Number left = Compute(syntax.Left), right = Compute(syntax.Right);
        ushort operation = OpcodeOf(syntax.Operation);
        CheckConstant(operation, right.Constant, syntax.Right.Span);
        StatementList code = left.Code.Then(right.Code)
            .Then(ClassicOpcode.LoadIndexCell, (uint)right.Cell)
            .Then(ClassicOpcode.LoadCell, (uint)left.Cell)
            .Then((ushort)(operation | ClassicOpcode.IndexSource));
        FreeCell(left.Cell);
        FreeCell(right.Cell);
        int cell = TakeCell();
        // What must hold for the right side is not asked, as in libpcap; only a comparison puts both sides' conditions together.
        return new Number(code.Then(ClassicOpcode.Store, (uint)cell), cell) { Guard = left.Guard };
    }

    private static ushort OpcodeOf(FilterTokenKind operation) => operation switch
    {
        FilterTokenKind.Plus => ClassicOpcode.Add,
        FilterTokenKind.Minus => ClassicOpcode.Sub,
        FilterTokenKind.Star => ClassicOpcode.Mul,
        FilterTokenKind.Slash => ClassicOpcode.Div,
        FilterTokenKind.Percent => ClassicOpcode.Mod,
        FilterTokenKind.Ampersand => ClassicOpcode.And,
        FilterTokenKind.Bar => ClassicOpcode.Or,
        FilterTokenKind.Caret => ClassicOpcode.Xor,
        FilterTokenKind.ShiftLeft => ClassicOpcode.ShiftLeft,
        _ => ClassicOpcode.ShiftRight,
    };

    private void CheckConstant(ushort operation, uint? right, SourceSpan span)
    {
        if (operation is ClassicOpcode.Div or ClassicOpcode.Mod && right == 0)
            FailAt(span, FilterBindId.BadArithmetic, "a division by zero has no result");
        else if (operation is ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight && right > 31)
            FailAt(span, FilterBindId.BadArithmetic, $"a shift by {right} bits leaves nothing of a number of 32");
    }

    private Condition Relation(RelationSyntax relation)
    {
        Number left = Compute(relation.Left);
        return Relation(left, relation.Comparison, Compute(relation.Right));
    }

    private Condition Relation(Number left, Comparison comparison, Number right)
    {
        StatementList code = left.Code.Then(right.Code)
            .Then(ClassicOpcode.LoadIndexCell, (uint)right.Cell)
            .Then(ClassicOpcode.LoadCell, (uint)left.Cell);
        Condition test = comparison switch
        {
            Comparison.Equal or Comparison.NotEqual => Test(code.Then(ClassicOpcode.SubX), ClassicOpcode.JumpEqual, 0),
            Comparison.Greater or Comparison.LessOrEqual => Test(code, ClassicOpcode.JumpGreaterX, 0),
            _ => Test(code, ClassicOpcode.JumpGreaterOrEqualX, 0),
        };
        if (comparison is Comparison.NotEqual or Comparison.LessOrEqual or Comparison.Less)
            test.Not();
        FreeCell(left.Cell);
        FreeCell(right.Cell);
        Condition? guard = left.Guard is not null && right.Guard is not null ? Condition.And(left.Guard, right.Guard) : left.Guard ?? right.Guard;
        return Both(guard, test);
    }

    /// <summary>Bytes of a header at a computed offset. The result takes a new cell before that of the offset is given back.</summary>
    private Number PacketBytes(PacketBytesSyntax syntax)
    {
        Number index = Compute(syntax.Index);
        int cell = TakeCell();
        FreeCell(index.Cell);
        LoadSize size = syntax.Size switch
        {
            1 => LoadSize.Byte,
            2 => LoadSize.Half,
            4 => LoadSize.Word,
            _ => BadSize(syntax),
        };
        switch (syntax.Protocol)
        {
            case FilterProtocol.Radio:
                if (link != LinkType.WlanAvs && link != LinkType.WlanRadiotap && link != LinkType.WlanPrism)
                    NotForLink("'radio'", "a radio header stands before IEEE 802.11 frames of some link-layer types");
                index.Code.Then(ClassicOpcode.LoadIndexCell, (uint)index.Cell).Then(Indirect(size));
                break;
            case FilterProtocol.Link:
                LoadAt(index, ref linkHeader, 0, size);
                break;
            case FilterProtocol.Ip or FilterProtocol.Arp or FilterProtocol.Rarp or FilterProtocol.AppleTalk or FilterProtocol.Decnet or FilterProtocol.Sca
                or FilterProtocol.Lat or FilterProtocol.Moprc or FilterProtocol.Mopdl or FilterProtocol.Ip6:
                LoadAt(index, ref linkPayload, networkOffset, size);
                Guard(index, ProtocolAlone(syntax.Protocol));
                break;
            case FilterProtocol.Sctp or FilterProtocol.Tcp or FilterProtocol.Udp or FilterProtocol.Icmp or FilterProtocol.Igmp or FilterProtocol.Igrp
                or FilterProtocol.Pim or FilterProtocol.Vrrp or FilterProtocol.Carp:
                LoadFromTransport(index, syntax.Protocol, size);
                break;
            case FilterProtocol.Icmp6:
                Guard(index, ProtocolAlone(FilterProtocol.Ip6));
                Guard(index, Equal(OffsetBase.Network, 6, LoadSize.Byte, IpProtocol.Icmp6));
                LoadAt(index, ref linkPayload, networkOffset + Ip6HeaderLength, size);
                break;
            default:
                Fail(FilterBindId.BadQualifier, $"the bytes of '{FilterKeywords.NameOf(syntax.Protocol)}' cannot be asked for",
                    "arp, atalk, carp, decnet, ether, icmp, icmp6, igmp, igrp, ip, ip6, lat, mopdl, moprc, pim, radio, rarp, sca, sctp, tcp, udp and vrrp can");
                break;
        }
        index.Code.Then(ClassicOpcode.Store, (uint)cell);
        return new Number(index.Code, cell) { Guard = index.Guard };
    }

    private LoadSize BadSize(PacketBytesSyntax syntax)
    {
        FailAt(syntax.Span, FilterBindId.BadArithmetic, $"{syntax.Size} bytes cannot be loaded at once", "1, 2 or 4 bytes can");
        return LoadSize.Byte;
    }

    private void LoadAt(Number index, ref AbsoluteOffset header, uint offset, LoadSize size)
    {
        StatementList code = LoadVariablePartIntoX(ref header) is { } variable
            ? variable.Then(ClassicOpcode.LoadCell, (uint)index.Cell).Then(ClassicOpcode.AddX).Then(ClassicOpcode.IndexFromAccumulator)
            : new StatementList(ClassicOpcode.LoadIndexCell, (uint)index.Cell);
        index.Code.Then(code).Then(Indirect(size), header.Constant + offset);
    }

    // Only in IPv4 packets, and in the first of their fragments.
    private void LoadFromTransport(Number index, FilterProtocol protocol, LoadSize size)
    {
        StatementList code = LoadHeaderLengthIntoX()
            .Then(ClassicOpcode.LoadCell, (uint)index.Cell)
            .Then(ClassicOpcode.AddX)
            .Then(ClassicOpcode.IndexFromAccumulator)
            .Then(Indirect(size), linkPayload.Constant + networkOffset);
        index.Code.Then(code);
        Condition carried = ProtocolAlone(protocol);
        Guard(index, Condition.And(carried, IsFirstFragment()));
        index.Guard = Condition.And(ProtocolAlone(FilterProtocol.Ip), index.Guard!);
    }

    private static void Guard(Number number, Condition condition) => number.Guard = Both(number.Guard, condition);
}
