//! FIT as a watch writes it: a record a second and one session.

use super::{LONG_RUN_POINTS, Walker};

/// 1989-12-31T00:00:00Z, FIT's epoch, in seconds of Unix time.
const EPOCH_UNIX_S: i64 = 631_065_600;

/// Chained files of at least `bytes` bytes together.
pub fn chained(bytes: usize) -> Vec<u8> {
    let mut walker = Walker::new(20_260_304);
    let mut chained = Vec::new();
    while chained.len() < bytes {
        chained.extend(activity(&mut walker));
    }
    chained
}

/// A definition of these fields, by number, size and base type, for the messages of one kind.
fn definition(local: u8, message: u16, fields: &[(u8, u8, u8)]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0];
    bytes.extend(message.to_le_bytes());
    bytes.push(u8::try_from(fields.len()).unwrap_or(0));
    bytes.extend(fields.iter().flat_map(|(number, size, base)| [*number, *size, *base]));
    bytes
}

#[expect(clippy::cast_possible_truncation, reason = "180 degrees are 2^31 semicircles")]
fn semicircles(degrees: f64) -> i32 {
    (degrees / 180.0 * 2_147_483_648.0).round() as i32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a run is below 2^32 centimetres")]
fn centimetres(metres: f64) -> u32 {
    (metres * 100.0).round() as u32
}

fn activity(walker: &mut Walker) -> Vec<u8> {
    let mut contents = definition(0, 0, &[(0, 1, 0x00), (1, 2, 0x84)]);
    contents.extend([0, 4, 1, 0]);
    let record = [
        (253, 4, 0x86),
        (0, 4, 0x85),
        (1, 4, 0x85),
        (5, 4, 0x86),
        (2, 2, 0x84),
        (73, 4, 0x86),
        (3, 1, 0x02),
        (4, 1, 0x02),
    ];
    contents.extend(definition(1, 20, &record));
    walker.rest();
    let start = u32::try_from(walker.now().timestamp() - EPOCH_UNIX_S).unwrap_or(0);
    for second in 0..LONG_RUN_POINTS {
        walker.step();
        contents.push(1);
        contents.extend((start + second).to_le_bytes());
        contents.extend(semicircles(walker.lat).to_le_bytes());
        contents.extend(semicircles(walker.lon).to_le_bytes());
        contents.extend(centimetres(walker.metres).to_le_bytes());
        contents.extend(5_103_u16.to_le_bytes());
        contents.extend(2_800_u32.to_le_bytes());
        contents.extend([150, 85]);
    }
    let session = [(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0x00), (6, 1, 0x00)];
    contents.extend(definition(2, 18, &session));
    contents.push(2);
    let milliseconds = LONG_RUN_POINTS * 1_000;
    for value in [start + LONG_RUN_POINTS, start, milliseconds, milliseconds, centimetres(walker.metres)] {
        contents.extend(value.to_le_bytes());
    }
    contents.extend([1, 0]);
    let mut bytes = vec![14, 0x20, 0, 0];
    bytes.extend(u32::try_from(contents.len()).unwrap_or(0).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes.extend(&contents);
    let whole = checksum(&bytes);
    bytes.extend(whole.to_le_bytes());
    bytes
}

/// FIT's checksum, bit by bit: CRC-16 with the polynomial 0xA001.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}
