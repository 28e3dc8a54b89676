using Imker.Cli;
using Imker.Linux;

args = ProgramArguments.Restore(args);
// A child that is held until its probes are attached is this program once more.
HeldExecution.RunIfAsked(args);
// Before anything else, and never given up: a signal that comes while the command line is read ends the run as any other does, and
// one that comes when all is done does not change the exit code.
var loop = new EventLoop();
loop.CatchSignals();
return CommandLine.Run(args, loop);
