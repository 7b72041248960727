#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wxlicense_fuzz::targets::optimize(bytes));
