//! The `runhip` program: hands the command line to the shell of the library and turns the outcome into an exit status.

use std::process::ExitCode;

/// A roster of thousands makes and drops millions of small texts, for which the system's allocator took a fifth of the
/// time, and that of a static build several times as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    runhip::run(std::env::args_os())
}
