namespace Imker.Linux.Interop;

/// <summary><c>enum bpf_cmd</c> of <c>linux/bpf.h</c>, the commands in use.</summary>
internal enum BpfCommand
{
    MapCreate = 0,
    MapLookupElement = 1,
    MapUpdateElement = 2,
    MapDeleteElement = 3,
    MapGetNextKey = 4,
    ProgramLoad = 5,
    ObjectPin = 6,
    ObjectGet = 7,
    ProgramTestRun = 10,
    ProgramGetNextId = 11,
    MapGetNextId = 12,
    ProgramGetById = 13,
    MapGetById = 14,
    ObjectGetInfoByDescriptor = 15,
    ProgramQuery = 16,
    RawTracepointOpen = 17,
    BtfLoad = 18,
    BtfGetById = 19,
    MapLookupAndDeleteElement = 21,
    MapFreeze = 22,
    BtfGetNextId = 23,
    MapLookupBatch = 24,
    MapLookupAndDeleteBatch = 25,
    LinkCreate = 28,
    LinkGetById = 30,
    LinkGetNextId = 31,
    EnableStatistics = 32,
    LinkDetach = 34,
}

internal static class BpfCommandNames
{
    /// <summary>The constant's name in <c>linux/bpf.h</c>, as people search for it.</summary>
    internal static string KernelName(this BpfCommand command) => command switch
    {
        BpfCommand.MapCreate => "BPF_MAP_CREATE",
        BpfCommand.MapLookupElement => "BPF_MAP_LOOKUP_ELEM",
        BpfCommand.MapUpdateElement => "BPF_MAP_UPDATE_ELEM",
        BpfCommand.MapDeleteElement => "BPF_MAP_DELETE_ELEM",
        BpfCommand.MapGetNextKey => "BPF_MAP_GET_NEXT_KEY",
        BpfCommand.ProgramLoad => "BPF_PROG_LOAD",
        BpfCommand.ObjectPin => "BPF_OBJ_PIN",
        BpfCommand.ObjectGet => "BPF_OBJ_GET",
        BpfCommand.ProgramTestRun => "BPF_PROG_TEST_RUN",
        BpfCommand.ProgramGetNextId => "BPF_PROG_GET_NEXT_ID",
        BpfCommand.MapGetNextId => "BPF_MAP_GET_NEXT_ID",
        BpfCommand.ProgramGetById => "BPF_PROG_GET_FD_BY_ID",
        BpfCommand.MapGetById => "BPF_MAP_GET_FD_BY_ID",
        BpfCommand.ObjectGetInfoByDescriptor => "BPF_OBJ_GET_INFO_BY_FD",
        BpfCommand.ProgramQuery => "BPF_PROG_QUERY",
        BpfCommand.RawTracepointOpen => "BPF_RAW_TRACEPOINT_OPEN",
        BpfCommand.BtfLoad => "BPF_BTF_LOAD",
        BpfCommand.BtfGetById => "BPF_BTF_GET_FD_BY_ID",
        BpfCommand.BtfGetNextId => "BPF_BTF_GET_NEXT_ID",
        BpfCommand.MapLookupAndDeleteElement => "BPF_MAP_LOOKUP_AND_DELETE_ELEM",
        BpfCommand.MapFreeze => "BPF_MAP_FREEZE",
        BpfCommand.MapLookupBatch => "BPF_MAP_LOOKUP_BATCH",
        BpfCommand.MapLookupAndDeleteBatch => "BPF_MAP_LOOKUP_AND_DELETE_BATCH",
        BpfCommand.LinkCreate => "BPF_LINK_CREATE",
        BpfCommand.LinkGetById => "BPF_LINK_GET_FD_BY_ID",
        BpfCommand.LinkGetNextId => "BPF_LINK_GET_NEXT_ID",
        BpfCommand.LinkDetach => "BPF_LINK_DETACH",
        BpfCommand.EnableStatistics => "BPF_ENABLE_STATS",
        _ => $"bpf command {(int)command}",
    };
}
