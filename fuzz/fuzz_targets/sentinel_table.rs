//! Rows of the table SecurityAlert as CSV, with JSON in their cells.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        "TenantId,TimeGenerated,DisplayName,AlertName,AlertSeverity,Description,ProviderName,VendorName,VendorOriginalId,SystemAlertId,StartTime,EndTime,ProcessingEndTime,Entities,ExtendedProperties,RemediationSteps,Tactics,Techniques,Type\n",
        data,
        "\n",
    );
});
