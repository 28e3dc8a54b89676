using Imker.Cli;
using Imker.Linux;

// A child that is held until its probes are attached is this program once more.
HeldExecution.RunIfAsked(args);
return CommandLine.Run(args);
