using Imker.Linux;
using Imker.Samples;

// A child that is held until its probes are attached is this program once more.
HeldExecution.RunIfAsked(args);
return args switch
{
    ["AssembleCode"] => AssembleCode.Run(),
    ["BlockPort"] => BlockPort.Run(),
    ["CapturePackets"] => await CapturePackets.Run(),
    ["CompileFilter"] => CompileFilter.Run(),
    ["CompileScript"] => CompileScript.Run(),
    ["FindFunction"] => FindFunction.Run(),
    ["KeepObject"] => KeepObject.Run(),
    ["LoadObject"] => LoadObject.Run(),
    ["MatchPackets"] => MatchPackets.Run(),
    ["ReadBatches"] => ReadBatches.Run(),
    ["ReadMap"] => ReadMap.Run(),
    ["ReadRecords"] => ReadRecords.Run(),
    ["ReadRing"] => ReadRing.Run(),
    ["ReadTypes"] => ReadTypes.Run(),
    ["RunInMachine"] => RunInMachine.Run(),
    ["RunScript"] => RunScript.Run(),
    ["UseGeneratedClass"] => UseGeneratedClass.Run(),
    _ => throw new ArgumentException("give the name of one sample: it is that of its file"),
};
