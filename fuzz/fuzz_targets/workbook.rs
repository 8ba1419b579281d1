#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| runhip_fuzz::inputs::hold("workbook", bytes));
