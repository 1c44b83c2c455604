"""Forged times and descriptions: records whose time another field, another spelling or another place says otherwise."""

import json
from datetime import timedelta

from policydiff.store import Action

from .forging import Files, Forge, _json


def _added(forge: Forge, **fields: object) -> str:
    """Record a version whose record says further things."""
    files = forge.new_version(forge.now)
    path = next(path for path in files if path.endswith("version.json"))
    files[path] = _json(json.loads(files[path] or b"") | fields)
    return forge.typed(forge.head, files, Action.REVISE)


def meta_changes_the_sources_hash(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.record(folder, forge.head, source_sha256="0" * 64), Action.META)


def meta_changes_the_name_of_the_version(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.record(folder, forge.head, version="1999-01-01"), Action.META)


def a_reextraction_changes_the_time(forge: Forge) -> str:
    folder, _ = forge.version()
    files = forge.other_words(
        folder, forge.head, extractor="policydiff/9", recorded_at="2009-01-01T00:00:00Z"
    )
    return forge.typed(forge.head, files, Action.REEXTRACT)


def a_time_in_a_zone_that_does_not_exist(forge: Forge) -> str:
    when = forge.now - timedelta(days=9)
    return _added(forge, recorded_at=f"{when:%Y-%m-%dT%H:%M:%S}-215:59")


def a_record_without_a_time(forge: Forge) -> str:
    files = forge.new_version(forge.now)
    path = next(path for path in files if path.endswith("version.json"))
    record = json.loads(files[path] or b"")
    del record["recorded_at"]
    files[path] = _json(record)
    return forge.typed(forge.head, files, Action.REVISE)


def a_time_that_is_a_number(forge: Forge) -> str:
    return _added(forge, recorded_at=1230768000)


def two_times_one_of_them_escaped(forge: Forge) -> str:
    files = forge.new_version(forge.now)
    path = next(path for path in files if path.endswith("version.json"))
    files[path] = (files[path] or b"").replace(b"{", b'{\n  "recorded\\u005fat": "2019-01-01T00:00:00Z",', 1)
    return forge.typed(forge.head, files, Action.REVISE)


def two_actions_of_which_one_allows_it(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(
        forge.head,
        forge.record(folder, forge.head, recorded_at="2009-01-01T00:00:00Z"),
        Action.META,
        Action.CORRECT,
    )


def a_day_of_effect_reverted(forge: Forge) -> str:
    """A typed description of a version is taken back by a commit without a type."""
    folder, _ = forge.version()
    before = {f"{folder}/version.json": forge.read(forge.head, f"{folder}/version.json")}
    described = forge.typed(forge.head, forge.record(folder, forge.head, effective="2031-01-01"), Action.META)
    return forge.commit([described], dict(before), 'Revert "Describe"\n')


def a_day_of_effect_taken_back_in_a_merge(forge: Forge) -> str:
    folder, _ = forge.version()
    before: Files = {f"{folder}/version.json": forge.read(forge.head, f"{folder}/version.json")}
    side = forge.typed(forge.head, forge.new_version(forge.now), Action.REVISE)
    described = forge.typed(forge.head, forge.record(folder, forge.head, effective="2031-01-01"), Action.META)
    brought = {path: forge.read(side, path) for path in forge.paths(side) if "2033-03-04" in path}
    return forge.commit([described, side], {**before, **brought}, "Merge\n")


def a_version_reverted(forge: Forge) -> str:
    added = forge.typed(forge.head, forge.new_version(forge.now), Action.REVISE)
    return forge.commit([added], dict.fromkeys(forge.new_version(forge.now)), 'Revert "Add"\n')


def a_document_in_other_letters(forge: Forge) -> str:
    """On a disk that knows no capitals the second document lies over the first."""
    files = {
        path.replace(path.split("/")[1], path.split("/")[1].upper(), 1): data
        for path, data in forge.new_version(forge.now).items()
    }
    return forge.typed(forge.head, files, Action.REVISE)


TIMES = (
    meta_changes_the_sources_hash,
    meta_changes_the_name_of_the_version,
    a_reextraction_changes_the_time,
    a_time_in_a_zone_that_does_not_exist,
    a_record_without_a_time,
    a_time_that_is_a_number,
    two_times_one_of_them_escaped,
    two_actions_of_which_one_allows_it,
    a_day_of_effect_reverted,
    a_day_of_effect_taken_back_in_a_merge,
    a_version_reverted,
    a_document_in_other_letters,
)
