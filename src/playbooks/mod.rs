//! CHECKLISTS AS DATA: the playbook library and how a playbook becomes the checklist of an incident.
