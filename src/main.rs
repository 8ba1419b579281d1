//! The `runhip` program: hands the command line to the shell of the library and turns the outcome into an exit status.

use std::process::ExitCode;

/// The allocator of musl, with which static programs are built, has the threads wait for each other. Elsewhere the system's
/// is nearly as fast as this one, and takes half the memory.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    runhip::run(std::env::args_os())
}
