using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    /// <summary>
    /// Follows the chain of headers of an IPv6 packet, or the authentication header of an IPv4 packet, to a protocol. That is a loop: neither
    /// the optimizer nor the kernel takes it.
    /// </summary>
    private Condition ProtocolChain(uint number, FilterProtocol carrier)
    {
        // libpcap takes a cell before it looks at the protocol, and keeps it when it asks for both.
        int cell = TakeCell();
        switch (carrier)
        {
            case FilterProtocol.Default:
                Condition ip4 = ProtocolChain(number, FilterProtocol.Ip);
                return Condition.Or(ip4, ProtocolChain(number, FilterProtocol.Ip6));
            case FilterProtocol.Ip or FilterProtocol.Ip6:
                break;
            default:
                return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(carrier)}' has no chain of protocols", "ip protochain, ip6 protochain, protochain");
        }
        if (linkPayload.IsVariable)
            return NotForLink("'protochain'");
        isOptimizable = false;
        bool isIp6 = carrier == FilterProtocol.Ip6;
        Condition carried = LinkProtocol(isIp6 ? EtherType.Ip6 : EtherType.Ip4);
        Condition found = Test(ChainLoop(number, isIp6, (uint)cell), ClassicOpcode.JumpEqual, number);
        FreeCell(cell);
        return Condition.And(carried, found);
    }

    // A holds the number of the next header and X its offset from the network header; at the end A holds what was found last.
    private StatementList ChainLoop(uint number, bool isIp6, uint cell)
    {
        uint network = linkPayload.Constant + networkOffset;
        StatementList code = isIp6
            ? new StatementList(ClassicOpcode.LoadAbsoluteByte, network + 6).Then(ClassicOpcode.LoadIndexImmediate, Ip6HeaderLength)
            : new StatementList(ClassicOpcode.LoadAbsoluteByte, network + 9).Then(ClassicOpcode.LoadIndexHeaderLength, network);
        FilterStatement again = code.Append(ClassicOpcode.JumpEqual, number);
        FilterStatement isLast = code.Append(ClassicOpcode.JumpEqual, IpProtocol.NoNext);
        again.JumpFalse = isLast;
        FilterStatement isOther;
        if (isIp6)
        {
            isOther = SkipOptionHeader(code, isLast, again, network, cell);
        }
        else
        {
            isOther = isLast;
            isLast.JumpFalse = code.Append(ClassicOpcode.Add);
        }
        FilterStatement isAuthentication = code.Append(ClassicOpcode.JumpEqual, IpProtocol.Ah);
        if (isIp6)
            isOther.JumpFalse = isAuthentication;
        SkipAuthenticationHeader(code, isAuthentication, again, network, cell);
        FilterStatement end = code.Append(ClassicOpcode.Add);
        again.JumpTrue = isLast.JumpTrue = isAuthentication.JumpFalse = end;
        return code;
    }

    // The length of these headers stands in their second byte in units of 8 bytes, the first not counted.
    private static FilterStatement SkipOptionHeader(StatementList code, FilterStatement before, FilterStatement again, uint network, uint cell)
    {
        FilterStatement[] tests =
        [
            code.Append(ClassicOpcode.JumpEqual, IpProtocol.HopOptions),
            code.Append(ClassicOpcode.JumpEqual, IpProtocol.DestinationOptions),
            code.Append(ClassicOpcode.JumpEqual, IpProtocol.Routing),
            code.Append(ClassicOpcode.JumpEqual, IpProtocol.Fragment),
        ];
        before.JumpFalse = tests[0];
        for (int i = 0; i + 1 < tests.Length; i++)
            tests[i].JumpFalse = tests[i + 1];
        FilterStatement skip = code.Append(ClassicOpcode.LoadIndirectByte, network);
        code.Then(ClassicOpcode.Store, cell)
            .Then(ClassicOpcode.LoadIndirectByte, network + 1)
            .Then(ClassicOpcode.Add, 1)
            .Then(ClassicOpcode.Mul, 8)
            .Then(ClassicOpcode.AddX)
            .Then(ClassicOpcode.IndexFromAccumulator)
            .Then(ClassicOpcode.LoadCell, cell);
        code.Append(ClassicOpcode.Jump).JumpAlways = again;
        foreach (FilterStatement test in tests)
            test.JumpTrue = skip;
        return tests[^1];
    }

    private static void SkipAuthenticationHeader(StatementList code, FilterStatement test, FilterStatement again, uint network, uint cell)
    {
        test.JumpTrue = code.Append(ClassicOpcode.AccumulatorFromIndex);
        code.Then(ClassicOpcode.LoadIndirectByte, network)
            .Then(ClassicOpcode.Store, cell)
            .Then(ClassicOpcode.AccumulatorFromIndex)
            .Then(ClassicOpcode.Add, 1)
            .Then(ClassicOpcode.IndexFromAccumulator)
            .Then(ClassicOpcode.LoadIndirectByte, network)
            .Then(ClassicOpcode.Add, 2)
            .Then(ClassicOpcode.Mul, 4)
            .Then(ClassicOpcode.IndexFromAccumulator)
            .Then(ClassicOpcode.LoadCell, cell);
        code.Append(ClassicOpcode.Jump).JumpAlways = again;
    }
}
