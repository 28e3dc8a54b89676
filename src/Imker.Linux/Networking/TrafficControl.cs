using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>One filter's place at an interface's clsact discipline, and the requests about it (tc(8)).</summary>
/// <param name="InterfaceIndex">The interface's number.</param>
/// <param name="IsEgress">For what goes out.</param>
/// <param name="Priority">Lower ones run first.</param>
/// <param name="Handle">Tells filters of one priority apart.</param>
internal readonly record struct TrafficControl(int InterfaceIndex, bool IsEgress, ushort Priority, uint Handle)
{
    private const ushort NewDiscipline = 36, DeleteDiscipline = 37, GetDiscipline = 38, NewFilter = 44, DeleteFilter = 45, GetFilter = 46;
    private const int HeaderSize = 20, IndexOffset = 4, HandleOffset = 8, ParentOffset = 12, InfoOffset = 16;
    private const uint Clsact = 0xfffffff1, ClsactHandle = 0xffff0000, Ingress = 0xfffffff2, Egress = 0xfffffff3;
    private const ushort KindAttribute = 1, Options = 2;
    private const ushort FilterDescriptor = 6, FilterName = 7, FilterFlags = 8, FilterId = 11;
    private const int DirectAction = 1;
    private const ushort MatchAllAction = 2, FirstAction = 1, ActionKind = 1, ActionOptions = 2;
    private const ushort ActionParameters = 2, ActionDescriptor = 5, ActionName = 6, ActionId = 9;
    private const int ActionParametersSize = 20;

    private uint Parent => IsEgress ? Egress : Ingress;

    // The protocol, in network order, takes the lower half: ETH_P_ALL.
    private uint Info => (uint)Priority << 16 | 0x0300;

    internal bool HasDiscipline()
    {
        bool found = false;
        int index = InterfaceIndex;
        NetlinkDump.Run("list queueing disciplines", GetDiscipline, HeaderSize, message =>
            found |= BitConverter.ToInt32(message[IndexOffset..]) == index && BitConverter.ToUInt32(message[ParentOffset..]) == Clsact);
        return found;
    }

    internal void AddDiscipline() => DisciplineRequest(NewDiscipline, NetlinkRequest.Create | NetlinkRequest.Exclusive)
        .Send($"add a clsact discipline to interface {InterfaceIndex}", "RTM_NEWQDISC");

    internal void RemoveDiscipline() => DisciplineRequest(DeleteDiscipline, 0).Send($"remove the clsact discipline of interface {InterfaceIndex}", "RTM_DELQDISC");

    internal void AddFilter(KernelProgram program)
    {
        string doing = $"attach {program} to interface {InterfaceIndex}";
        using DescriptorUse use = program.Descriptor.Use();
        NetlinkRequest request = FilterRequest(NewFilter, NetlinkRequest.Create | NetlinkRequest.Exclusive);
        int number = use.Number;
        if (program.Type == ProgramType.SchedAct)
            request.Add(KindAttribute, "matchall").AddNested(Options, options => AddAction(options, number, program.Name));
        else
            request.Add(KindAttribute, "bpf").AddNested(Options, options => options.Add(FilterDescriptor, number).Add(FilterName, program.Name).Add(FilterFlags, DirectAction));
        if (!request.TrySend(doing, out Errno error, out string? message))
        {
            throw error == Errno.NoEntry ? HookRefusal.Unsupported(doing, "RTM_NEWTFILTER", error, program.Type, program.ExpectedAttachType)
                : message is null ? HookRefusal.Of(doing, "RTM_NEWTFILTER", error, program.Type, program.ExpectedAttachType)
                : new BpfException(doing, "RTM_NEWTFILTER", error, $"the kernel says: {message}");
        }
    }

    internal void RemoveFilter() => FilterRequest(DeleteFilter, 0).Send($"remove a filter of interface {InterfaceIndex}", "RTM_DELTFILTER");

    /// <summary>Whether this filter is there and runs that program.</summary>
    internal bool HasFilter(uint programId)
    {
        bool found = false;
        (uint handle, uint info) = (Handle, Info);
        DumpFilters(IsEgress, message =>
            found |= BitConverter.ToUInt32(message[HandleOffset..]) == handle && BitConverter.ToUInt32(message[InfoOffset..]) == info && ProgramOf(message) == programId);
        return found;
    }

    /// <summary>Whether the discipline has any filter, in either direction.</summary>
    internal bool HasFilters()
    {
        bool found = false;
        DumpFilters(true, message => found |= BitConverter.ToUInt32(message[HandleOffset..]) != 0);
        DumpFilters(false, message => found |= BitConverter.ToUInt32(message[HandleOffset..]) != 0);
        return found;
    }

    private static void AddAction(NetlinkRequest options, int program, string name) => options.AddNested(MatchAllAction, actions =>
        actions.AddNested(FirstAction, action => action
            .Add(ActionKind, "bpf")
            .AddNested(ActionOptions, bpf => bpf
                .Add(ActionParameters, new byte[ActionParametersSize])
                .Add(ActionDescriptor, program)
                .Add(ActionName, name))));

    private void DumpFilters(bool isEgress, NetlinkDump.MessageReader reader)
    {
        byte[] body = new byte[HeaderSize];
        BitConverter.TryWriteBytes(body.AsSpan(IndexOffset), InterfaceIndex);
        BitConverter.TryWriteBytes(body.AsSpan(ParentOffset), isEgress ? Egress : Ingress);
        NetlinkDump.Run("list filters", Interop.SocketConstants.NetlinkRoute, GetFilter, body, HeaderSize, reader);
    }

    private static uint ProgramOf(ReadOnlySpan<byte> message)
    {
        if (!TryFind(message[HeaderSize..], Options, out ReadOnlySpan<byte> options))
            return 0;
        if (TryFind(options, FilterId, out ReadOnlySpan<byte> id))
            return BitConverter.ToUInt32(id);
        return TryFind(options, MatchAllAction, out ReadOnlySpan<byte> actions) && TryFind(actions, FirstAction, out ReadOnlySpan<byte> action)
            && TryFind(action, ActionOptions, out ReadOnlySpan<byte> bpf) && TryFind(bpf, ActionId, out id) ? BitConverter.ToUInt32(id) : 0;
    }

    private static bool TryFind(ReadOnlySpan<byte> attributes, ushort type, out ReadOnlySpan<byte> value)
    {
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(attributes))
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    private NetlinkRequest DisciplineRequest(ushort type, ushort flags) => Request(type, flags, ClsactHandle, Clsact, 0).Add(KindAttribute, "clsact");

    private NetlinkRequest FilterRequest(ushort type, ushort flags) => Request(type, flags, Handle, Parent, Info);

    private NetlinkRequest Request(ushort type, ushort flags, uint handle, uint parent, uint info)
    {
        var request = new NetlinkRequest(type, flags, HeaderSize);
        Span<byte> body = request.Body;
        BitConverter.TryWriteBytes(body[IndexOffset..], InterfaceIndex);
        BitConverter.TryWriteBytes(body[HandleOffset..], handle);
        BitConverter.TryWriteBytes(body[ParentOffset..], parent);
        BitConverter.TryWriteBytes(body[InfoOffset..], info);
        return request;
    }
}
