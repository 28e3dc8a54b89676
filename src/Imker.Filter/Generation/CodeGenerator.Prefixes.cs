using Imker.Bytecode.Classic;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint AvsCookieMask = 0xffff_f000, AvsCookie = 0x8021_1000, PrismLength = 144;

    /// <summary>
    /// Puts before the first block what computes the offsets that are kept in cells: the lengths of radio headers and of IEEE 802.11 headers.
    /// Only what is used is computed.
    /// </summary>
    private void ComputeVariableOffsets(FilterBlock first)
    {
        // The payload's offset includes that of the link-layer header.
        if (linkPayload.Cell >= 0 && linkHeader is { IsVariable: true, Cell: < 0 })
            linkHeader.Cell = TakeCell();
        StatementList? code = LoadPrefixLength();
        if (IsWlan(outermostLink))
            code = LoadWlanHeaderLength(code, first.Statements);
        else if (outermostLink == LinkType.Pflog && linkPayload.Cell >= 0)
            code = LoadFirewallHeaderLength();
        if (code is null && hasVlanShift)
            code = ClearVlanShift();
        if (code is not null)
            first.Statements.InsertRange(0, code);
    }

    // The first byte is the length without padding, which fills up to four bytes.
    private StatementList LoadFirewallHeaderLength() => new StatementList(ClassicOpcode.LoadAbsoluteByte)
        .Then(ClassicOpcode.Add, 3)
        .Then(ClassicOpcode.And, ~3u)
        .Then(ClassicOpcode.Store, (uint)linkPayload.Cell)
        .Then(ClassicOpcode.IndexFromAccumulator);

    private StatementList? LoadPrefixLength()
    {
        // libpcap does not optimize filters of Prism packets even when the header's length, whose computation jumps, is not used.
        isOptimizable &= outermostLink != LinkType.WlanPrism;
        if (!HasVariablePrefix(outermostLink) || linkHeader.Cell < 0)
            return null;
        StatementList code = outermostLink == LinkType.WlanPrism ? LoadPrismLength()
            : outermostLink == LinkType.WlanAvs ? new StatementList(ClassicOpcode.LoadAbsoluteWord, 4)
            : LoadLittleEndianLength();
        FilterStatement store = code.Append(ClassicOpcode.Store, (uint)linkHeader.Cell);
        if (code.Find(statement => statement.Code == ClassicOpcode.Jump) is { } jump)
            jump.JumpAlways = store;
        return code.Then(ClassicOpcode.IndexFromAccumulator);
    }

    // Radiotap and PPI: two bytes at 2, the low one first.
    private static StatementList LoadLittleEndianLength() => new StatementList(ClassicOpcode.LoadAbsoluteByte, 3)
        .Then(ClassicOpcode.ShiftLeft, 8)
        .Then(ClassicOpcode.IndexFromAccumulator)
        .Then(ClassicOpcode.LoadAbsoluteByte, 2)
        .Then(ClassicOpcode.OrX);

    // Some Linux drivers say that they give Prism headers and give AVS headers, whose first word tells.
    private static StatementList LoadPrismLength()
    {
        var code = new StatementList(ClassicOpcode.LoadAbsoluteWord);
        code.Then(ClassicOpcode.And, AvsCookieMask);
        FilterStatement isAvs = code.Append(ClassicOpcode.JumpEqual, AvsCookie);
        isAvs.JumpTrue = code.Append(ClassicOpcode.LoadAbsoluteWord, 4);
        code.Append(ClassicOpcode.Jump, 1);
        isAvs.JumpFalse = code.Append(ClassicOpcode.LoadImmediate, PrismLength);
        return code;
    }

    /// <summary>Computes where the payload of a data frame begins: 24 bytes behind the beginning of the frame, 26 with a QoS field.</summary>
    /// <param name="prefix">What leaves the length of the radio header in X; null when there is none.</param>
    /// <param name="rest">The statements that follow.</param>
    private StatementList? LoadWlanHeaderLength(StatementList? prefix, List<FilterStatement> rest)
    {
        if (linkPayload.Cell < 0)
            return prefix;
        isOptimizable = false;
        uint cell = (uint)linkPayload.Cell;
        FilterStatement next = rest[0];
        StatementList code = prefix ?? new StatementList(ClassicOpcode.LoadIndexImmediate, outermostLinkHeader.Constant);
        code.Then(ClassicOpcode.AccumulatorFromIndex).Then(ClassicOpcode.Add, 24).Then(ClassicOpcode.Store, cell).Then(ClassicOpcode.LoadIndirectByte);
        FilterStatement isData = code.Append(ClassicOpcode.JumpSet, 0x08);
        FilterStatement isOther = code.Append(ClassicOpcode.JumpSet, 0x04);
        FilterStatement hasQos = code.Append(ClassicOpcode.JumpSet, 0x80);
        FilterStatement longer = code.Append(ClassicOpcode.LoadCell, cell);
        code.Then(ClassicOpcode.Add, 2).Then(ClassicOpcode.Store, cell);
        (isData.JumpTrue, isData.JumpFalse) = (isOther, next);
        (isOther.JumpTrue, isOther.JumpFalse) = (next, hasQos);
        hasQos.JumpTrue = longer;
        hasQos.JumpFalse = link == LinkType.WlanRadiotap ? RoundUpPadded(code, cell, next) : next;
        return code;
    }

    // Atheros adapters pad the header to four bytes; a flag of the radiotap header tells. Only headers with one word of presence bits are
    // looked at, whose bits are little-endian.
    private static FilterStatement RoundUpPadded(StatementList code, uint cell, FilterStatement next)
    {
        const uint dataPadding = 0x20;
        FilterStatement presence = code.Append(ClassicOpcode.LoadAbsoluteWord, 4);
        FilterStatement hasFlags = code.Append(ClassicOpcode.JumpSet, Swapped(0x0000_0002));
        FilterStatement hasMoreWords = code.Append(ClassicOpcode.JumpSet, Swapped(0x8000_0000));
        FilterStatement hasTimer = code.Append(ClassicOpcode.JumpSet, Swapped(0x0000_0001));
        FilterStatement flagsBehindTimer = code.Append(ClassicOpcode.LoadAbsoluteByte, 16);
        FilterStatement isPadded = code.Append(ClassicOpcode.JumpSet, dataPadding);
        FilterStatement flags = code.Append(ClassicOpcode.LoadAbsoluteByte, 8);
        FilterStatement isPaddedToo = code.Append(ClassicOpcode.JumpSet, dataPadding);
        FilterStatement roundUp = code.Append(ClassicOpcode.LoadCell, cell);
        code.Then(ClassicOpcode.Add, 3).Then(ClassicOpcode.And, ~3u).Then(ClassicOpcode.Store, cell);
        (hasFlags.JumpTrue, hasFlags.JumpFalse) = (hasMoreWords, next);
        (hasMoreWords.JumpTrue, hasMoreWords.JumpFalse) = (next, hasTimer);
        (hasTimer.JumpTrue, hasTimer.JumpFalse) = (flagsBehindTimer, flags);
        (isPadded.JumpTrue, isPadded.JumpFalse) = (roundUp, next);
        (isPaddedToo.JumpTrue, isPaddedToo.JumpFalse) = (roundUp, next);
        return presence;
    }

    private StatementList ClearVlanShift()
    {
        if (linkPayload.Cell < 0)
            linkPayload.Cell = TakeCell();
        if (linkTypeField.Cell < 0)
            linkTypeField.Cell = TakeCell();
        return new StatementList(ClassicOpcode.LoadImmediate)
            .Then(ClassicOpcode.Store, (uint)linkPayload.Cell)
            .Then(ClassicOpcode.Store, (uint)linkTypeField.Cell);
    }
}
