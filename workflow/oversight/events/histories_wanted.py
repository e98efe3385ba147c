"""Which histories a list of them is asked for."""

from dataclasses import dataclass

from workflow.programmes.lists.filters import ProgrammeFilters


@dataclass(frozen=True, slots=True)
class HistoriesWanted:
    """Which histories are looked for, and where the page of them begins."""

    text: str = ""
    page: int = 1
    after: str = ""
    before: str = ""
    region: str = ""
    subregion: str = ""
    grouping: str = ""

    @property
    def placed(self) -> bool:
        """Whether only histories with a country of some region or grouping are looked for."""
        return any((self.region, self.subregion, self.grouping))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.placed or self.text.strip() != ""

    def filters(self) -> ProgrammeFilters:
        """The same as it is asked of programmes."""
        return ProgrammeFilters(
            text=self.text.strip(),
            region=self.region,
            subregion=self.subregion,
            grouping=self.grouping,
        )
