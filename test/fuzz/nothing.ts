/** Stands for the program that azdock starts beside itself (tunnels, the sandbox), and fails. */
process.exitCode = 1;
