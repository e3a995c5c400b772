//! The program itself, run as an operator runs it.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread::JoinHandle,
};

/// `dateline serve` on that folder, without the settings of whoever runs the test.
pub fn dateline(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    command.arg("serve").arg("--data").arg(data);
    command
}

/// The program itself, its standard output, and where it listens.
pub struct Running(Child, BufReader<ChildStdout>, pub std::net::SocketAddr, Option<JoinHandle<String>>);

impl Running {
    pub fn start(mut command: Command) -> Running {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        // Read all the while: a pipe that is full would stop the program.
        let mut log = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut said = String::new();
            log.read_to_string(&mut said).unwrap();
            said
        });
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        // A paper without staff first says where it is set up.
        if let Some(link) = line.strip_prefix("Set up the paper at http://") {
            assert!(link.contains("/desk/set-up/"), "{line:?}");
            line.clear();
            out.read_line(&mut line).unwrap();
        }
        let address =
            line.trim_end().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line:?}"));
        let address = address.parse().unwrap();
        Running(child, out, address, Some(log))
    }

    /// SIGTERM; the exit code and what was logged.
    pub fn end(mut self) -> (Option<i32>, String) {
        let killed = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status().unwrap();
        assert!(killed.success());
        let code = self.0.wait().unwrap().code();
        let log = self.3.take().unwrap().join().unwrap();
        let mut more = String::new();
        self.1.read_to_string(&mut more).unwrap();
        assert_eq!(more, "", "nothing more on standard output");
        (code, log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only where a test failed before its end.
        let _ = self.0.kill();
    }
}
