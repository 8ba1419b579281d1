//! The `runhip` program: hands the command line to the shell of the library and turns the outcome into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    runhip::run(std::env::args_os())
}
