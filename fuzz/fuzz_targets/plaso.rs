//! Rows of Plaso's l2tcsv.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n",
        data,
        "\n",
    );
});
