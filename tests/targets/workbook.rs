//! Workbooks whose sheet is written by hand.

use std::io::Write;

/// Returns a workbook if the bytes are those of a sheet in XML, which a fuzzer can change; other bytes as they are.
pub fn with_sheet(bytes: &[u8]) -> Vec<u8> {
    match bytes.starts_with(b"<") {
        true => archive(|part| part.write_all(bytes).unwrap()),
        false => bytes.to_vec(),
    }
}

/// A workbook by hand, whose sheet is what a function writes.
pub fn archive(sheet: impl Fn(&mut dyn Write)) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (part, text) in [
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
    ] {
        archive.start_file(part, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    sheet(&mut archive);
    archive.finish().unwrap().into_inner()
}
