//! Playbooks that people keep: in the notebook, and on an incident's checklist as a copy.

use super::{Draft, changes, no_part};
use crate::model::activity::{Subject, What};
use crate::model::{Checklist, IncidentId, KeptPlaybook, PlaybookId};
use crate::notebook::limits::{check_playbook, named};
use crate::notebook::{Act, Refusal};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn use_playbook(&mut self, id: &IncidentId, kept: &Arc<KeptPlaybook>) -> Result<Act, Refusal> {
        check_playbook(kept)?;
        let checklist = &mut self.incident(id)?.checklist;
        if checklist.scenarios.contains(&kept.id) {
            return Err(Refusal::AlreadyThere(kept.title.clone()));
        }
        checklist.scenarios.push(kept.id.clone());
        checklist.playbooks.insert(kept.id.clone(), Arc::clone(kept));
        self.log(id, What::Added(subject(kept)))?;
        Ok(Act::RemoveScenario(id.clone(), kept.id.clone()))
    }

    pub(super) fn add_scenario(&mut self, id: &IncidentId, playbook: &PlaybookId) -> Result<Act, Refusal> {
        let scenarios = &mut self.incident(id)?.checklist.scenarios;
        if scenarios.contains(playbook) {
            return Err(Refusal::AlreadyThere(playbook.to_string()));
        }
        scenarios.push(playbook.clone());
        self.log(id, What::Added(Subject::Scenario(playbook.clone())))?;
        Ok(Act::RemoveScenario(id.clone(), playbook.clone()))
    }

    /// What was done about its steps stays; the copy of a kept playbook goes with it and comes back with it.
    pub(super) fn remove_scenario(&mut self, id: &IncidentId, playbook: &PlaybookId) -> Result<Act, Refusal> {
        let Checklist { scenarios, playbooks, .. } = &mut self.incident(id)?.checklist;
        let place = scenarios.iter().position(|there| there == playbook);
        let place = place.ok_or_else(|| no_part(playbook.as_str()))?;
        let after = scenarios.split_off(place + 1);
        scenarios.truncate(place);
        let add = |again: &PlaybookId| match playbooks.get(again) {
            Some(kept) => Act::UsePlaybook(id.clone(), Arc::clone(kept)),
            None => Act::AddScenario(id.clone(), again.clone()),
        };
        // Putting it back must put it in its old place, so those after it are taken off and added again.
        let inverse = after
            .iter()
            .rev()
            .map(|later| Act::RemoveScenario(id.clone(), later.clone()))
            .chain([add(playbook)])
            .chain(after.iter().map(add))
            .collect();
        scenarios.extend(after);
        let subject = match playbooks.remove(playbook) {
            Some(kept) => subject(&kept),
            None => Subject::Scenario(playbook.clone()),
        };
        self.log(id, What::Removed(subject))?;
        Ok(Act::All(inverse))
    }

    pub(super) fn keep_playbook(&mut self, kept: &Arc<KeptPlaybook>) -> Result<Act, Refusal> {
        check_playbook(kept)?;
        let there = self.notebook.preparation().playbooks.get(&kept.id);
        if there == Some(kept) {
            return Err(Refusal::NothingToDo);
        }
        let old = self.preparation().playbooks.insert(kept.id.clone(), Arc::clone(kept));
        self.log_here(What::PlaybookKept {
            subject: subject(kept),
            source: kept.source.file.clone(),
            size: kept.source.size,
            sha256: kept.source.sha256.clone(),
            steps: kept.steps.len(),
        });
        Ok(match old {
            Some(old) => Act::KeepPlaybook(old),
            None => Act::RemovePlaybook(kept.id.clone()),
        })
    }

    pub(super) fn rename_playbook(&mut self, id: &PlaybookId, title: &str) -> Result<Act, Refusal> {
        named(title)?;
        let old = self.kept(id)?;
        changes(old.title.as_str(), title)?;
        let new = KeptPlaybook { title: title.to_owned(), ..KeptPlaybook::clone(&old) };
        self.preparation().playbooks.insert(id.clone(), Arc::new(new));
        let (from, to) = (old.title.clone(), title.to_owned());
        self.log_here(What::Set { subject: subject(&old), field: "name".to_owned(), from, to });
        Ok(Act::RenamePlaybook(id.clone(), old.title.clone()))
    }

    pub(super) fn remove_playbook(&mut self, id: &PlaybookId) -> Result<Act, Refusal> {
        let old = self.kept(id)?;
        self.preparation().playbooks.remove(id);
        self.log_here(What::Removed(subject(&old)));
        Ok(Act::KeepPlaybook(old))
    }

    fn kept(&self, id: &PlaybookId) -> Result<Arc<KeptPlaybook>, Refusal> {
        let kept = self.notebook.preparation().playbooks.get(id);
        kept.cloned().ok_or_else(|| no_part(id.as_str()))
    }
}

fn subject(kept: &KeptPlaybook) -> Subject {
    Subject::Playbook(kept.id.clone(), kept.title.clone())
}
