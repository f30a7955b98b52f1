//! A disk in memory that remembers every operation, so that a test can stop
//! the power after any of them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex};

use comity_tracking::spool::{SpoolFile, Storage};

/// What happened, in order.
#[derive(Debug, Clone)]
pub enum Op {
    Create(String, u64),
    Write(String, u64, Vec<u8>),
    Sync(String),
    Rename(String, String),
    Remove(String),
    /// The test's own marks: a record was handed over, acknowledged, stored.
    Sent(u64),
    Acked(u64),
    Stored(u64),
}

type Files = BTreeMap<String, Arc<Vec<u8>>>;

#[derive(Default)]
struct State {
    /// What programs see (the page cache).
    files: Files,
    log: Vec<Op>,
    /// Bytes the disk has room for.
    room: Option<u64>,
    is_failing: bool,
}

/// The disk. Clones are the same disk.
#[derive(Clone, Default)]
pub struct Simulated(Arc<Mutex<State>>, Arc<(Mutex<bool>, Condvar)>);

impl Simulated {
    pub fn with(files: Files) -> Self {
        let state = State {
            files,
            ..State::default()
        };
        Self(Arc::new(Mutex::new(state)), Arc::default())
    }

    pub fn mark(&self, op: Op) {
        self.0.lock().unwrap().log.push(op);
    }

    pub fn log(&self) -> Vec<Op> {
        self.0.lock().unwrap().log.clone()
    }

    pub fn set_room(&self, bytes: Option<u64>) {
        self.0.lock().unwrap().room = bytes;
    }

    pub fn set_failing(&self, is_failing: bool) {
        self.0.lock().unwrap().is_failing = is_failing;
    }

    /// While it hangs, syncs do not come back.
    pub fn set_hanging(&self, hangs: bool) {
        *self.1.0.lock().unwrap() = hangs;
        self.1.1.notify_all();
    }

    fn change<T>(&self, op: Op, apply: impl FnOnce(&mut Files) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.0.lock().unwrap();
        let used: u64 = state.files.values().map(|file| file.len() as u64).sum();
        if let (Op::Create(_, size), Some(room)) = (&op, state.room)
            && used + size > room
        {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if state.is_failing && matches!(op, Op::Write(..) | Op::Sync(_)) {
            return Err(io::Error::other("simulated disk failure"));
        }
        state.log.push(op);
        apply(&mut state.files)
    }
}

impl Storage for Simulated {
    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.0.lock().unwrap().files.keys().cloned().collect())
    }

    fn create(&self, name: &str, size: u64) -> io::Result<Box<dyn SpoolFile>> {
        self.change(Op::Create(name.to_owned(), size), |files| {
            files.insert(name.to_owned(), Arc::new(vec![0; size as usize]));
            Ok(())
        })?;
        self.open(name)
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn SpoolFile>> {
        if !self.0.lock().unwrap().files.contains_key(name) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Box::new(Open {
            disk: self.clone(),
            name: Mutex::new(name.to_owned()),
        }))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(Op::Rename(from.to_owned(), to.to_owned()), |files| {
            let file = files.remove(from).ok_or(io::ErrorKind::NotFound)?;
            files.insert(to.to_owned(), file);
            Ok(())
        })
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.change(Op::Remove(name.to_owned()), |files| {
            files
                .remove(name)
                .map(drop)
                .ok_or(io::ErrorKind::NotFound.into())
        })
    }
}

/// An open file; follows the one rename the spool does while a file is open.
struct Open {
    disk: Simulated,
    name: Mutex<String>,
}

impl Open {
    fn name(&self) -> String {
        let state = self.disk.0.lock().unwrap();
        let mut name = self.name.lock().unwrap();
        let renamed = state.log.iter().rev().find_map(|op| match op {
            Op::Rename(from, to) if *from == *name => Some(to.clone()),
            _ => None,
        });
        if let Some(to) = renamed.filter(|_| !state.files.contains_key(&*name)) {
            *name = to;
        }
        name.clone()
    }
}

impl SpoolFile for Open {
    fn size(&self) -> io::Result<u64> {
        let name = self.name();
        Ok(self.disk.0.lock().unwrap().files[&name].len() as u64)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let name = self.name();
        let state = self.disk.0.lock().unwrap();
        let rest = state.files[&name]
            .get(offset as usize..)
            .unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let name = self.name();
        self.disk
            .change(Op::Write(name.clone(), offset, bytes.to_vec()), |files| {
                put(files, &name, offset, bytes);
                Ok(())
            })
    }

    fn sync(&self) -> io::Result<()> {
        let (hangs, bell) = &*self.disk.1;
        drop(bell.wait_while(hangs.lock().unwrap(), |hangs| *hangs));
        self.disk.change(Op::Sync(self.name()), |_| Ok(()))
    }
}

fn put(files: &mut Files, name: &str, offset: u64, bytes: &[u8]) {
    if let Some(file) = files.get_mut(name) {
        let start = offset as usize;
        Arc::make_mut(file)[start..start + bytes.len()].copy_from_slice(bytes);
    }
}

/// Sectors are written whole or not at all.
const SECTOR: usize = 512;

/// Replays a log and shows every state the disk may be in when the power goes
/// after each operation: what was synced, and of what was not, nothing, all,
/// every torn prefix (in steps), and every hole of one sector.
pub fn crash_states(log: &[Op], mut visit: impl FnMut(usize, Files)) {
    let mut durable = Files::new();
    let mut unsynced: Vec<(String, u64, Vec<u8>)> = Vec::new();
    for (index, op) in log.iter().enumerate() {
        match op {
            Op::Create(name, size) => {
                // Half made: some length, no matter which.
                let mut half = durable.clone();
                half.insert(name.clone(), Arc::new(vec![0; (*size / 2) as usize]));
                visit(index, half);
                durable.insert(name.clone(), Arc::new(vec![0; *size as usize]));
            }
            Op::Write(name, offset, bytes) => {
                unsynced.push((name.clone(), *offset, bytes.clone()));
            }
            Op::Sync(name) => {
                unsynced.retain(|(of, offset, bytes)| {
                    if of == name {
                        put(&mut durable, name, *offset, bytes);
                    }
                    of != name
                });
            }
            Op::Rename(from, to) => {
                if let Some(file) = durable.remove(from) {
                    durable.insert(to.clone(), file);
                }
                for (name, ..) in &mut unsynced {
                    if name == from {
                        name.clone_from(to);
                    }
                }
            }
            Op::Remove(name) => {
                durable.remove(name);
            }
            Op::Sent(_) | Op::Acked(_) | Op::Stored(_) => continue,
        }
        visit(index + 1, durable.clone());
        torn(&durable, &unsynced, |files| visit(index + 1, files));
    }
}

fn torn(durable: &Files, unsynced: &[(String, u64, Vec<u8>)], mut visit: impl FnMut(Files)) {
    let Some(((name, offset, bytes), earlier)) = unsynced.split_last() else {
        return;
    };
    let mut base = durable.clone();
    for (name, offset, bytes) in earlier {
        put(&mut base, name, *offset, bytes);
    }
    let step = (bytes.len() / 40).max(1);
    for cut in (1..bytes.len()).step_by(step).chain([bytes.len()]) {
        let mut files = base.clone();
        put(&mut files, name, *offset, &bytes[..cut]);
        visit(files);
    }
    for hole in (0..bytes.len()).step_by(SECTOR) {
        let mut files = base.clone();
        let end = (hole + SECTOR).min(bytes.len());
        put(&mut files, name, *offset, &bytes[..hole]);
        put(&mut files, name, *offset + end as u64, &bytes[end..]);
        visit(files);
    }
}
