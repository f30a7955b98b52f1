//! The few file operations the spool needs, so that tests can crash them.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rustix::fs::FallocateFlags;
use rustix::io::Errno;

/// A folder of files. Every method is durable when it returns.
pub trait Storage: Send + Sync + 'static {
    /// Names of all files.
    ///
    /// # Errors
    /// When the folder cannot be read.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Makes a file of `size` zero bytes whose blocks are reserved.
    ///
    /// # Errors
    /// When the disk is full; nothing is left behind then.
    fn create(&self, name: &str, size: u64) -> io::Result<Box<dyn SpoolFile>>;

    /// Opens a file for reading and writing.
    ///
    /// # Errors
    /// When there is none.
    fn open(&self, name: &str) -> io::Result<Box<dyn SpoolFile>>;

    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    /// When the disk refuses.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Deletes a file.
    ///
    /// # Errors
    /// When the disk refuses.
    fn remove(&self, name: &str) -> io::Result<()>;
}

/// An open file of fixed size.
pub trait SpoolFile: Send + Sync + 'static {
    /// Its size in bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    fn size(&self) -> io::Result<u64>;

    /// Reads up to `buffer.len()` bytes at `offset`; fewer only at the end.
    ///
    /// # Errors
    /// When the disk refuses.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Writes all bytes at `offset`; durable only after [`SpoolFile::sync`].
    ///
    /// # Errors
    /// When the disk refuses.
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;

    /// Makes all writes so far durable.
    ///
    /// # Errors
    /// When the disk refuses; what was written since the last sync is in doubt then.
    fn sync(&self) -> io::Result<()>;
}

/// A real folder.
#[derive(Debug, Clone)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Opens a folder, making it when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }
}

impl Storage for Disk {
    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            names.extend(entry?.file_name().into_string());
        }
        Ok(names)
    }

    fn create(&self, name: &str, size: u64) -> io::Result<Box<dyn SpoolFile>> {
        let path = self.folder.join(name);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        if let Err(error) = reserve(&file, size).and_then(|()| file.sync_all()) {
            let _ = std::fs::remove_file(&path);
            return Err(error);
        }
        self.sync_folder()?;
        Ok(Box::new(file))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn SpoolFile>> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(self.folder.join(name))?;
        Ok(Box::new(file))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        std::fs::rename(self.folder.join(from), self.folder.join(to))?;
        self.sync_folder()
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.folder.join(name))?;
        self.sync_folder()
    }
}

/// Reserves the blocks at once, so that a full disk refuses without being
/// filled up first, then writes zeros: only then has a later sync no metadata
/// (unwritten extents) to journal.
fn reserve(file: &File, size: u64) -> io::Result<()> {
    match rustix::fs::fallocate(file, FallocateFlags::empty(), 0, size) {
        // Some file systems cannot; the zeros reserve there.
        Ok(()) | Err(Errno::OPNOTSUPP) => {}
        Err(error) => return Err(error.into()),
    }
    static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];
    let mut offset = 0;
    while offset < size {
        let count = usize::try_from(size - offset)
            .unwrap_or(usize::MAX)
            .min(ZEROS.len());
        file.write_all_at(&ZEROS[..count], offset)?;
        offset += count as u64;
    }
    Ok(())
}

impl SpoolFile for File {
    fn size(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match FileExt::read_at(self, &mut buffer[filled..], offset + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.write_all_at(bytes, offset)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}
