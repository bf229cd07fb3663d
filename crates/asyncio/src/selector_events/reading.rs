//! The reading half of a transport.

use super::address::{os_error, strerror};
use super::transport::Transport;

/// Most bytes that are read at a time.
const MAX_SIZE: usize = 256 * 1024;

impl Transport {
    /// Whether bytes that come are handed on.
    pub fn is_reading(&self) -> bool {
        !self.is_closing() && !self.0.paused.get()
    }

    /// Lets bytes that come wait.
    pub fn pause_reading(&self) {
        if self.is_reading() {
            self.0.paused.set(true);
            self.0.network.remove_reader(self.0.fd);
        }
    }

    /// Hands bytes on again.
    pub fn resume_reading(&self) {
        if !self.0.closing.get() && self.0.paused.replace(false) {
            self.start_reading();
        }
    }

    pub(super) fn start_reading(&self) {
        if self.is_reading() {
            let transport = self.clone();
            self.0.network.add_reader(self.0.fd, move || transport.read_ready());
        }
    }

    fn read_ready(&self) {
        let inner = &self.0;
        if inner.conn_lost.get() > 0 {
            return;
        }
        let received = inner.network.kernel.borrow_mut().recv(inner.fd, MAX_SIZE);
        let protocol = inner.protocol.borrow().clone();
        let Some(protocol) = protocol else { return };
        match received {
            Ok(data) if data.is_empty() => {
                if protocol.eof_received() {
                    inner.network.remove_reader(inner.fd);
                } else {
                    self.close();
                }
            }
            Ok(data) => {
                if let Err(error) = protocol.data_received(&data) {
                    self.fatal_error(error, "Fatal error: protocol.data_received() call failed.");
                }
            }
            Err(None) => {}
            Err(Some(number)) => {
                let error = os_error(number, strerror(number));
                self.fatal_error(error, "Fatal read error on socket transport");
            }
        }
    }
}
