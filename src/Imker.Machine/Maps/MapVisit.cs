namespace Imker.Machine;

/// <summary>The host's look into a map: what it finds stays until it has been copied.</summary>
internal unsafe ref struct MapVisit
{
    private readonly Processor? processor;

    public MapVisit(MapStorage storage)
    {
        if (!storage.IsReclaimed)
            return;
        processor = Processor.Take();
        ReclamationEpoch.Enter(processor.State);
    }

    public readonly void Dispose()
    {
        if (processor is null)
            return;
        ReclamationEpoch.Leave(processor.State);
        processor.GiveBack();
    }
}
